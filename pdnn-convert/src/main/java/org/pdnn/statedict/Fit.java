package org.pdnn.statedict;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.pdnn.names.Printable;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

/// Whether tensors of a file can be those of a layer, by their shapes alone.
sealed interface Fit {
  /// They can.
  ///
  /// @param output the shape that the layer then puts out
  record Fits(Shape output) implements Fit {}

  /// They cannot.
  ///
  /// @param why as in "reads 64 values, but 'fc2.weight' has shape 10x32"
  record Misfit(String why) implements Fit {}

  /// What a layer without tensors does with what it reads.
  static Fit of(Layer layer, List<Shape> inputs) {
    try {
      return new Fits(layer.output(inputs));
    } catch (IllegalArgumentException e) {
      return new Misfit("cannot be: " + e.getMessage());
    }
  }

  /// Whether a saved layer can be this layer.
  ///
  /// @param layer with tensors, of which only a `sized` one's shapes count
  static Fit of(Layer layer, boolean sized, SavedLayer saved, Layout layout, Shape input) {
    Optional<Shape> weight = saved.shape(Role.WEIGHT).map(layout::ours);
    if (sized) {
      Shape wanted = Optional.ofNullable(layer.tensors().get("weight")).orElseThrow().shape();
      if (weight.isPresent() && !weight.get().equals(wanted)) {
        return misfit("has a weight of shape %s".formatted(wanted), saved);
      }
    }
    return switch (layer) {
      case Dense dense -> matrix(weight.orElseThrow(), saved, input);
      case Convolution convolution ->
          kernel(
              weight.orElseThrow(),
              1,
              convolution.groups(),
              (one, bias) -> convolution.plane().by(one, bias),
              saved,
              input);
      case TransposedConvolution convolution ->
          kernel(
              weight.orElseThrow(),
              0,
              1,
              (one, bias) ->
                  new TransposedConvolution(one, bias, convolution.stride(), convolution.padding()),
              saved,
              input);
      case Embedding _ -> embedding(weight.orElseThrow(), Embedding::new, saved, layout, input);
      case PositionalEmbedding _ ->
          embedding(weight.orElseThrow(), PositionalEmbedding::new, saved, layout, input);
      case BatchNorm _ -> channels(saved, EnumSet.allOf(Role.class), input);
      case LayerNorm _ -> channels(saved, EnumSet.of(Role.WEIGHT, Role.BIAS), input);
      case RmsNorm _ -> channels(saved, EnumSet.of(Role.WEIGHT), input);
      case Softmax _, Pool _, Rearrangement _, Neurons _, Join _ -> of(layer, List.of(input));
    };
  }

  private static Fit embedding(
      Shape weight, Function<Tensor, Layer> form, SavedLayer saved, Layout layout, Shape input) {
    if (layout != Layout.OUTPUTS_FIRST) {
      return new Misfit("is read from PyTorch's tensors only");
    }
    return unknown(saved, EnumSet.of(Role.WEIGHT))
        .orElseGet(() -> of(form.apply(Tensor.filled(weight, 0)), List.of(input)));
  }

  /// The fault that a saved layer has a tensor which the layer has not.
  private static Optional<Fit> unknown(SavedLayer saved, Set<Role> roles) {
    return EnumSet.complementOf(EnumSet.copyOf(roles)).stream()
        .filter(role -> saved.entry(role).isPresent())
        .<Fit>map(role ->
            new Misfit(
                "has no %s, which is beside '%s'"
                    .formatted(role.key(), Printable.of(saved.label()))))
        .findFirst();
  }

  private static Fit matrix(Shape weight, SavedLayer saved, Shape input) {
    if (input.rank() != 1) {
      return new Misfit(
          "reads a vector, but %s comes in; put a flatten layer before it".formatted(input));
    }
    if (weight.dimension(1) != input.size()) {
      return misfit("reads %s values".formatted(input.size()), saved);
    }
    return withBias(saved, weight.dimension(0), new Fits(Shape.of(weight.dimension(0))));
  }

  /// @param inputs the dimension of a weight that counts the channels coming in, of one group
  /// @param plane the same convolution of one channel, which says how many pixels come out
  private static Fit kernel(
      Shape weight,
      int inputs,
      int groups,
      BiFunction<Tensor, Tensor, Layer> plane,
      SavedLayer saved,
      Shape input) {
    if (input.rank() != 3) {
      return new Misfit("reads an image, but a vector of %s values comes in".formatted(input));
    }
    if ((long) weight.dimension(inputs) * groups != input.dimension(0)
        || weight.dimension(1 - inputs) % groups != 0) {
      String channels = "reads %s channels".formatted(input.dimension(0));
      return misfit(groups == 1 ? channels : channels + " in %s groups".formatted(groups), saved);
    }
    Tensor kernel = Tensor.filled(Shape.of(1, 1, weight.dimension(2), weight.dimension(3)), 0);
    Layer one = plane.apply(kernel, Tensor.filled(Shape.of(1), 0));
    try {
      Shape pixels = one.output(Shape.of(1, input.dimension(1), input.dimension(2)));
      int outputs = weight.dimension(1 - inputs);
      Shape output = Shape.of(outputs, pixels.dimension(1), pixels.dimension(2));
      return withBias(saved, outputs, new Fits(output));
    } catch (IllegalArgumentException e) {
      return new Misfit("cannot be: " + e.getMessage());
    }
  }

  private static Fit channels(SavedLayer saved, Set<Role> roles, Shape input) {
    Optional<Fit> unknown = unknown(saved, roles);
    if (unknown.isPresent()) {
      return unknown.get();
    }
    for (Role role : new Role[] {Role.MEAN, Role.VARIANCE}) {
      if (roles.contains(role) && saved.entry(role).isEmpty()) {
        return new Misfit(
            "needs a %s, which is not beside '%s'"
                .formatted(role.key(), Printable.of(saved.label())));
      }
    }
    Shape wanted = Shape.of(input.dimension(0));
    for (Role role : Role.values()) {
      if (saved.shape(role).filter(shape -> !shape.equals(wanted)).isPresent()) {
        return misfit("has %s values of each kind".formatted(wanted), saved);
      }
    }
    return of(BatchNorm.of(wanted.size()), List.of(input));
  }

  private static Fit withBias(SavedLayer saved, int outputs, Fit fits) {
    Optional<Shape> bias = saved.shape(Role.BIAS);
    return bias.isEmpty() || bias.get().equals(Shape.of(outputs))
        ? fits
        : new Misfit(
            "has %s outputs, but the bias beside '%s' has shape %s"
                .formatted(outputs, Printable.of(saved.label()), bias.get()));
  }

  private static Misfit misfit(String wanted, SavedLayer saved) {
    SavedLayer.Entry first = saved.entries().iterator().next();
    return new Misfit(
        "%s, but '%s' has shape %s"
            .formatted(wanted, Printable.of(first.name()), first.tensor().shape()));
  }
}
