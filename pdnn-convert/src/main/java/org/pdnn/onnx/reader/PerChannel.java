package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.Weighted;

/// A constant that is combined with every value of a channel alike.
final class PerChannel {
  /// Variance and epsilon of a batch norm that is nothing but y = weight x + bias: their sum is 1
  /// in 32 and in 64 bits, so that its root is.
  private static final float HALF = 0.5f;

  private PerChannel() {}

  /// One number for each channel.
  ///
  /// @param constant with as many axes as the values, see [Arrangement#ours]
  /// @param shape of one input's values
  /// @return empty if it differs from pixel to pixel
  /// @throws IllegalArgumentException if it does not fit
  static Optional<float[]> of(Reals constant, Shape shape) {
    boolean alike = true;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int extent = constant.dimensions().get(axis);
      if (extent != 1 && extent != shape.dimension(axis)) {
        throw new IllegalArgumentException(
            "constants of extents %s do not fit values of shape %s"
                .formatted(constant.dimensions(), shape));
      }
      alike &= axis == 0 || extent == 1;
    }
    if (!alike) {
      return Optional.empty();
    }
    float[] values = new float[shape.dimension(0)];
    for (int c = 0; c < values.length; c++) {
      values[c] = constant.get(constant.size() == 1 ? 0 : c);
    }
    return Optional.of(values);
  }

  /// A layer of weights with more bias, or a norm that scales and shifts too.
  ///
  /// @param scale one number for each of its outputs
  /// @param shift likewise
  /// @return empty if the layer cannot take them without rounding
  static Optional<Layer> taken(Layer layer, float[] scale, float[] shift) {
    boolean scales = IntStream.range(0, scale.length).anyMatch(c -> scale[c] != 1);
    boolean shifts = IntStream.range(0, shift.length).anyMatch(c -> shift[c] != 0);
    return switch (layer) {
      case Dense(Tensor weight, Tensor bias) when !scales ->
          Optional.of(new Dense(weight, sum(bias, shift)));
      case Convolution convolution when !scales ->
          Optional.of(convolution.by(convolution.weight(), sum(convolution.bias(), shift)));
      case LayerNorm(Tensor weight, Tensor bias, double epsilon) when !(scales && shifts) ->
          Optional.of(
              new LayerNorm(
                  scales ? new Tensor(weight.shape(), scale) : weight, sum(bias, shift), epsilon));
      case RmsNorm(Tensor weight, double epsilon) when !shifts ->
          Optional.of(new RmsNorm(new Tensor(weight.shape(), scale), epsilon));
      case Weighted _, Scaling _, Pool _, Rearrangement _, Neurons _, Join _ -> Optional.empty();
    };
  }

  /// One constant added to each value of an image.
  static PositionalEmbedding positions(float[] terms, int channels) {
    Shape image = Shape.of(terms.length / channels, channels);
    List<Integer> ours = List.of(channels, terms.length / channels);
    return new PositionalEmbedding(
        new Tensor(image, new Reals(ours, terms).transposed().toArray()));
  }

  /// Some neighbouring outputs of a layer of weights.
  ///
  /// @param place which of `places` parts
  /// @return empty if the layer is none of weights, or has no such parts
  static Optional<Layer> part(Layer layer, int place, int places) {
    return switch (layer) {
      case Dense(Tensor weight, Tensor bias) when bias.size() % places == 0 ->
          Optional.of(new Dense(rows(weight, place, places), rows(bias, place, places)));
      case Convolution convolution
          when convolution.groups() == 1 && convolution.outputs() % places == 0 ->
          Optional.of(
              convolution.by(
                  rows(convolution.weight(), place, places),
                  rows(convolution.bias(), place, places)));
      case Weighted _, Scaling _, Pool _, Rearrangement _, Neurons _, Join _ -> Optional.empty();
    };
  }

  private static Tensor rows(Tensor tensor, int place, int places) {
    List<Integer> extents = new ArrayList<>(tensor.shape().dimensions());
    extents.set(0, extents.getFirst() / places);
    int size = tensor.size() / places;
    float[] values = Arrays.copyOfRange(tensor.toArray(), place * size, (place + 1) * size);
    return new Tensor(new Shape(extents), values);
  }

  private static Tensor sum(Tensor bias, float[] further) {
    float[] values = bias.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += further[i];
    }
    return new Tensor(bias.shape(), values);
  }

  /// y = scale x + shift as a layer.
  static BatchNorm batchNorm(float[] scale, float[] shift) {
    Shape channels = Shape.of(scale.length);
    return new BatchNorm(
        new Tensor(channels, scale),
        new Tensor(channels, shift),
        Tensor.filled(channels, 0),
        Tensor.filled(channels, HALF),
        HALF);
  }
}
