package org.pdnn.onnx;

import java.util.Optional;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

/// y = scale x + shift, the same for all values: what is still to be done to the outputs of clipped
/// neurons, and may wait for the next layer of weights.
///
/// @param scale above 0, so that the greatest value stays the greatest
record Affine(float scale, float shift) {
  Affine {
    if (!(scale > 0 && Float.isFinite(scale) && Float.isFinite(shift))) {
      throw new IllegalArgumentException(
          "a scale must be above 0 and finite, got %s and shift %s".formatted(scale, shift));
    }
  }

  /// Nothing to be done.
  static final Affine IDENTITY = new Affine(1, 0);

  /// Whether it may as well be done behind a layer, for it goes with maxima, means and shapes.
  static boolean passes(Layer layer) {
    return switch (layer) {
      case MaxPool _, AveragePool _, Flatten _, Reshape _ -> true;
      case Dense _, Convolution _, TransposedConvolution _, BatchNorm _, Neurons _ -> false;
    };
  }

  /// The layer that does this first: W' = scale W, b' = b + shift (sum of W). A border of zeros
  /// would be shifted too, so a padded convolution takes no shift.
  ///
  /// @return empty if the layer cannot
  Optional<Layer> into(Layer layer) {
    return switch (layer) {
      case Dense(Tensor weight, Tensor bias) ->
          Optional.of(new Dense(scaled(weight), shifted(weight, bias)));
      case Convolution(Tensor weight, Tensor bias, int stride, int padding)
          when padding == 0 || shift == 0 ->
          Optional.of(new Convolution(scaled(weight), shifted(weight, bias), stride, padding));
      case TransposedConvolution(Tensor weight, Tensor bias, int stride, int padding)
          when shift == 0 ->
          Optional.of(new TransposedConvolution(scaled(weight), bias, stride, padding));
      case Convolution _,
          TransposedConvolution _,
          BatchNorm _,
          MaxPool _,
          AveragePool _,
          Flatten _,
          Reshape _,
          Neurons _ ->
          Optional.empty();
    };
  }

  private Tensor scaled(Tensor weight) {
    float[] values = weight.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale;
    }
    return new Tensor(weight.shape(), values);
  }

  private Tensor shifted(Tensor weight, Tensor bias) {
    int outputs = bias.size();
    int fanIn = weight.size() / outputs;
    float[] values = new float[outputs];
    for (int o = 0; o < outputs; o++) {
      double sum = 0;
      for (int i = 0; i < fanIn; i++) {
        sum += weight.get(o * fanIn + i);
      }
      values[o] = (float) (bias.get(o) + shift * sum);
    }
    return new Tensor(Shape.of(outputs), values);
  }
}
