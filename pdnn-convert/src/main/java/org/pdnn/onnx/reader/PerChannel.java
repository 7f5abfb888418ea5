package org.pdnn.onnx.reader;

import java.util.Optional;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

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

  /// A layer of weights with more bias.
  ///
  /// @param further one number for each of its outputs
  /// @return empty if the layer has no bias to add to
  static Optional<Layer> added(Layer layer, float[] further) {
    return switch (layer) {
      case Dense(Tensor weight, Tensor bias) -> Optional.of(new Dense(weight, sum(bias, further)));
      case Convolution convolution ->
          Optional.of(convolution.by(convolution.weight(), sum(convolution.bias(), further)));
      case TransposedConvolution _,
          Embedding _,
          Scaling _,
          Pool _,
          Rearrangement _,
          Neurons _,
          Join _ ->
          Optional.empty();
    };
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
