package org.pdnn.onnx.reader;

import java.util.Optional;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.Rearrangement;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Scaling;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.Weighted;

/// y = scale x + shift, with numbers for each channel.
final class ChannelAffine {
  /// Variance and epsilon of a batch norm that is nothing but y = weight x + bias: their sum is 1
  /// in 32 and in 64 bits, so that its root is.
  private static final float HALF = 0.5f;

  private final float[] scale;
  private final float[] shift;

  /// @param scale one number for each channel; taken as its own
  /// @param shift likewise
  ChannelAffine(float[] scale, float[] shift) {
    this.scale = scale;
    this.shift = shift;
  }

  /// Whether it multiplies.
  boolean scales() {
    return hasOther(scale, 1);
  }

  /// Whether it adds.
  boolean shifts() {
    return hasOther(shift, 0);
  }

  private static boolean hasOther(float[] values, float than) {
    for (float value : values) {
      if (value != than) {
        return true;
      }
    }
    return false;
  }

  /// A layer of weights with more bias, or a norm that scales and shifts too.
  ///
  /// @return empty if the layer cannot take them without rounding
  Optional<Layer> into(Layer layer) {
    return switch (layer) {
      case Dense(Tensor weight, Tensor bias) when !scales() ->
          Optional.of(new Dense(weight, shifted(bias)));
      case Convolution convolution when !scales() ->
          Optional.of(convolution.by(convolution.weight(), shifted(convolution.bias())));
      case LayerNorm(Tensor weight, Tensor bias, double epsilon) when !(scales() && shifts()) ->
          Optional.of(
              new LayerNorm(
                  scales() ? new Tensor(weight.shape(), scale) : weight, shifted(bias), epsilon));
      case RmsNorm(Tensor weight, double epsilon) when !shifts() ->
          Optional.of(new RmsNorm(new Tensor(weight.shape(), scale), epsilon));
      case Weighted _, Scaling _, Pool _, Rearrangement _, Neurons _, Join _ -> Optional.empty();
    };
  }

  private Tensor shifted(Tensor bias) {
    float[] values = bias.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += shift[i];
    }
    return new Tensor(bias.shape(), values);
  }

  /// As a layer of its own.
  BatchNorm layer() {
    Shape channels = Shape.of(scale.length);
    return new BatchNorm(
        new Tensor(channels, scale),
        new Tensor(channels, shift),
        Tensor.filled(channels, 0),
        Tensor.filled(channels, HALF),
        HALF);
  }
}
