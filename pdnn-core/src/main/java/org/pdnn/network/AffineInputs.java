package org.pdnn.network;

import java.util.Arrays;
import java.util.Optional;

/// Layers of weights that read scale x + shift in place of x, taken into weights and biases: W' = W
/// scale and b' = b + W shift, each rounded once.
public final class AffineInputs {
  private AffineInputs() {}

  /// Inputs that have weights of their own, channels of a convolution; 0 of a layer that is none of
  /// weights, or a batch norm.
  public static int count(Layer layer) {
    return switch (layer) {
      case Dense dense -> dense.inputs();
      case Convolution convolution -> convolution.inputs();
      case TransposedConvolution transposed -> transposed.inputs();
      case BatchNorm _, Pool _, Rearrangement _, Neurons _, Join _ -> 0;
    };
  }

  /// The layer whose inputs are scaled and shifted first.
  ///
  /// The zeros around an image are not shifted with it, so that a convolution with padding, and a
  /// transposed one, take a scale alone.
  ///
  /// @param scale by group of neighbouring inputs; one number alone is for all
  /// @param shift likewise
  /// @return empty if the layer cannot
  public static Optional<Layer> of(Layer layer, double[] scale, double[] shift) {
    boolean shifts = Arrays.stream(shift).anyMatch(term -> term != 0);
    return switch (layer) {
      case Dense(Tensor weight, Tensor bias) ->
          Optional.of(new Dense(weight(weight, 1, scale), bias(weight, bias, shift)));
      case Convolution(Tensor weight, Tensor bias, int stride, int padding)
          when padding == 0 || !shifts ->
          Optional.of(
              new Convolution(
                  weight(weight, 1, scale), bias(weight, bias, shift), stride, padding));
      case TransposedConvolution(Tensor weight, Tensor bias, int stride, int padding)
          when !shifts ->
          Optional.of(new TransposedConvolution(weight(weight, 0, scale), bias, stride, padding));
      case Convolution _,
          TransposedConvolution _,
          BatchNorm _,
          Pool _,
          Rearrangement _,
          Neurons _,
          Join _ ->
          Optional.empty();
    };
  }

  private static Tensor weight(Tensor weight, int inputDimension, double[] scale) {
    int inputs = weight.shape().dimension(inputDimension);
    int inner = 1;
    for (int d = inputDimension + 1; d < weight.shape().rank(); d++) {
      inner *= weight.shape().dimension(d);
    }
    float[] values = weight.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * scale[group(i / inner % inputs, inputs, scale.length)]);
    }
    return new Tensor(weight.shape(), values);
  }

  private static Tensor bias(Tensor weight, Tensor bias, double[] shift) {
    float[] values = bias.toArray();
    int fanIn = weight.size() / values.length;
    for (int output = 0; output < values.length; output++) {
      double sum = values[output];
      for (int i = 0; i < fanIn; i++) {
        sum += weight.get(output * fanIn + i) * shift[group(i, fanIn, shift.length)];
      }
      values[output] = (float) sum;
    }
    return new Tensor(bias.shape(), values);
  }

  private static int group(int input, int inputs, int groups) {
    return (int) ((long) input * groups / inputs);
  }
}
