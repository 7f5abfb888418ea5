package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Flatten;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Outline;
import org.pdnn.network.Place;
import org.pdnn.network.Pool;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Reshape;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.statedict.SavedLayer.Entry;
import org.pdnn.statedict.SavedLayer.Form;

/// Puts the tensors of an assignment into a network, in our order of axes.
///
/// Where images are (height, width, channels), flattening puts the channels of a pixel side by
/// side; ours puts the pixels of a channel so. Behind a flatten, vectors are therefore brought from
/// the one order into the other, up to the next dense layer.
final class Assembly {
  private final Layout layout;
  private final Iterator<SavedLayer> saved;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Match> matches = new ArrayList<>();

  /// What the layer is called.
  private String name = "";

  /// The image that the present vector was, if its values lie in another order there than here.
  private Optional<Shape> image = Optional.empty();

  private Assembly(Assignment assignment) {
    layout = assignment.layout();
    saved = assignment.layers().iterator();
  }

  /// @throws IllegalArgumentException naming the layer that cannot be made
  static Matched of(Outline outline, Assignment assignment) {
    Assembly assembly = new Assembly(assignment);
    List<Shape> shapes = new ArrayList<>(List.of(outline.input()));
    for (int i = 0; i < outline.parts().size(); i++) {
      try {
        Outline.Part part = outline.parts().get(i);
        List<Shape> read = part.place().reads().stream().map(from -> shapes.get(from + 1)).toList();
        assembly.name = part.name().orElse(Integer.toString(i));
        shapes.add(assembly.add(part.layer(), read));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer %s: %s".formatted(i, e.getMessage()), e);
      }
    }
    List<Place> places = outline.parts().stream().map(Outline.Part::place).toList();
    return new Matched(
        new Network(outline.input(), assembly.layers, places), assembly.matches, List.of());
  }

  private Shape add(Layer form, List<Shape> read) {
    Shape input = read.getFirst();
    Layer layer =
        switch (form) {
          case Dense dense -> {
            SavedLayer own = saved.next();
            Tensor weight = taken(own, Role.WEIGHT, 1, 0);
            Tensor bias = taken(own, Role.BIAS, weight.shape().dimension(0), 0);
            image = Optional.empty();
            yield new Dense(weight, bias);
          }
          case Convolution convolution -> {
            SavedLayer own = saved.next();
            Tensor weight = taken(own, Role.WEIGHT, 1, 0);
            Tensor bias = taken(own, Role.BIAS, weight.shape().dimension(0), 0);
            yield convolution.by(weight, bias);
          }
          case TransposedConvolution convolution -> {
            SavedLayer own = saved.next();
            Tensor weight = taken(own, Role.WEIGHT, 1, 0);
            Tensor bias = taken(own, Role.BIAS, weight.shape().dimension(1), 0);
            yield new TransposedConvolution(
                weight, bias, convolution.stride(), convolution.padding());
          }
          case BatchNorm norm -> {
            SavedLayer own = saved.next();
            int channels = input.dimension(0);
            yield new BatchNorm(
                taken(own, Role.WEIGHT, channels, 1),
                taken(own, Role.BIAS, channels, 0),
                taken(own, Role.MEAN, channels, 0),
                taken(own, Role.VARIANCE, channels, 1),
                norm.epsilon());
          }
          case Embedding _ -> new Embedding(taken(saved.next(), Role.WEIGHT, 1, 0));
          case PositionalEmbedding _ ->
              new PositionalEmbedding(taken(saved.next(), Role.WEIGHT, 1, 0));
          case LayerNorm norm -> {
            SavedLayer own = saved.next();
            int channels = input.dimension(0);
            yield new LayerNorm(
                taken(own, Role.WEIGHT, channels, 1),
                taken(own, Role.BIAS, channels, 0),
                norm.epsilon());
          }
          case RmsNorm norm ->
              new RmsNorm(taken(saved.next(), Role.WEIGHT, input.dimension(0), 1), norm.epsilon());
          case Flatten flatten -> {
            flattened(input);
            yield flatten;
          }
          case Reshape reshape -> {
            reshaped(input, reshape.shape());
            yield reshape;
          }
          case Softmax _, Pool _, Neurons _, Join _ -> form;
        };
    layers.add(layer);
    return layer.output(read);
  }

  /// A tensor of a saved layer, in our order; a vector of one value if there is none.
  private Tensor taken(SavedLayer own, Role role, int size, float otherwise) {
    Optional<Entry> entry = own.entry(role);
    List<String> notes = new ArrayList<>();
    Tensor tensor =
        entry
            .map(found -> ours(own, found.tensor(), notes))
            .orElseGet(() -> Tensor.filled(Shape.of(size), otherwise));
    if (entry.isEmpty()) {
      notes.add(otherwise == 0 ? "zeros, as the file has none" : "ones, as the file has none");
    }
    matches.add(
        new Match(
            name + "." + role.key(),
            tensor.shape(),
            entry.map(Entry::name),
            String.join(", ", notes)));
    return tensor;
  }

  private Tensor ours(SavedLayer own, Tensor found, List<String> notes) {
    Tensor tensor = layout.ours(found);
    int rank = tensor.shape().rank();
    if (layout.turned(found.shape())) {
      notes.add(rank == 2 ? "transposed" : "transposed from height x width first");
    }
    if (image.isEmpty() || (rank == 1 && own.form() != Form.CHANNELS)) {
      return tensor;
    }
    notes.add("pixels brought from height x width x channels");
    return byChannels(tensor, image.get());
  }

  /// A tensor whose last dimension counts the values of an image, brought from the order (height,
  /// width, channels) to (channels, height, width).
  private static Tensor byChannels(Tensor tensor, Shape image) {
    int rows = tensor.size() / image.size();
    Shape pixels = Shape.of(rows, image.dimension(1), image.dimension(2), image.dimension(0));
    return new Tensor(tensor.shape(), Axes.permuted(tensor.toArray(), pixels, 0, 3, 1, 2));
  }

  /// Whether the values of a shape lie in another order in the file's framework.
  private boolean interleaved(Shape shape) {
    return layout == Layout.OUTPUTS_LAST
        && shape.rank() == 3
        && shape.dimension(0) > 1
        && shape.dimension(1) * shape.dimension(2) > 1;
  }

  private void flattened(Shape input) {
    if (interleaved(input)) {
      image = Optional.of(input);
    }
  }

  private void reshaped(Shape input, Shape output) {
    if (output.rank() == 1) {
      flattened(input);
    } else if (image.isPresent() && image.get().equals(output)) {
      image = Optional.empty();
    } else if ((interleaved(input) || interleaved(output) || image.isPresent())
        && !input.equals(output)) {
      throw new IllegalArgumentException(
          "values of %s are reshaped to %s in another order where weights have their inputs first;"
                  .formatted(input, output)
              + " give the weights in PyTorch's layout");
    }
  }
}
