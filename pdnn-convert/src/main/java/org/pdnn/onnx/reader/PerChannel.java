package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.Weighted;

/// A constant that is combined with every value of a channel alike.
final class PerChannel {
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
}
