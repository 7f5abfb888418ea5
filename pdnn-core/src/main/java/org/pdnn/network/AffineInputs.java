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
      case Embedding _, Scaling _, Pool _, Rearrangement _, Neurons _, Join _ -> 0;
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
          Optional.of(new Dense(weight(weight, 1, scale), bias(weight, bias, 1, shift)));
      case Convolution convolution when !convolution.window().padded() || !shifts ->
          Optional.of(
              convolution.by(
                  weight(convolution.weight(), convolution.groups(), scale),
                  bias(convolution.weight(), convolution.bias(), convolution.groups(), shift)));
      case TransposedConvolution(Tensor weight, Tensor bias, int stride, int padding)
          when !shifts ->
          Optional.of(new TransposedConvolution(rows(weight, scale), bias, stride, padding));
      case Convolution _,
          TransposedConvolution _,
          Embedding _,
          Scaling _,
          Pool _,
          Rearrangement _,
          Neurons _,
          Join _ ->
          Optional.empty();
    };
  }

  /// @param weight (outputs, inputs / groups, ...)
  private static Tensor weight(Tensor weight, int groups, double[] scale) {
    float[] values = weight.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * scale[group(i, weight, groups, scale.length)]);
    }
    return new Tensor(weight.shape(), values);
  }

  /// @param weight (inputs, ...)
  private static Tensor rows(Tensor weight, double[] scale) {
    int inputs = weight.shape().dimension(0);
    float[] values = weight.toArray();
    for (int i = 0; i < values.length; i++) {
      int input = i / (values.length / inputs);
      values[i] = (float) (values[i] * scale[(int) ((long) input * scale.length / inputs)]);
    }
    return new Tensor(weight.shape(), values);
  }

  private static Tensor bias(Tensor weight, Tensor bias, int groups, double[] shift) {
    float[] values = bias.toArray();
    int fanIn = weight.size() / values.length;
    for (int output = 0; output < values.length; output++) {
      double sum = values[output];
      for (int i = output * fanIn; i < (output + 1) * fanIn; i++) {
        sum += weight.get(i) * shift[group(i, weight, groups, shift.length)];
      }
      values[output] = (float) sum;
    }
    return new Tensor(bias.shape(), values);
  }

  /// Of so many numbers for neighbouring inputs, the place of the one for the input that a weight
  /// multiplies.
  private static int group(int index, Tensor weight, int groups, int numbers) {
    int outputs = weight.shape().dimension(0);
    int inputs = weight.shape().dimension(1);
    int fanIn = weight.size() / outputs;
    int input = index / fanIn / (outputs / groups) * inputs + index % fanIn / (fanIn / inputs);
    return (int) ((long) input * numbers / ((long) inputs * groups));
  }
}
