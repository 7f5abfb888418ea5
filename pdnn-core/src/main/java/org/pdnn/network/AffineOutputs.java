package org.pdnn.network;

/// Layers of weights whose outputs are multiplied and shifted by channel: y' = scale y + shift,
/// taken into weights and biases. In exact arithmetic the same function as a layer more.
public final class AffineOutputs {
  private AffineOutputs() {}

  /// Whether a layer has outputs that can be scaled and shifted: it has weights and biases, or
  /// embeds.
  public static boolean possible(Layer layer) {
    return layer instanceof Embedding || layer.tensors().containsKey("bias");
  }

  /// Output channels of a layer of weights.
  ///
  /// @throws IllegalArgumentException if its outputs cannot be scaled and shifted
  public static int channels(Layer layer) {
    Tensor bias = layer.tensors().get("bias");
    if (layer instanceof Embedding embedding) {
      return embedding.channels();
    }
    if (bias == null) {
      throw unscaled();
    }
    return bias.size();
  }

  private static IllegalArgumentException unscaled() {
    return new IllegalArgumentException("a layer without weights has no outputs to scale");
  }

  /// The layer whose output channel c is `scale[c]` times what it was, plus `shift[c]`.
  ///
  /// @param layer one of weights, see [#possible]
  public static Layer of(Layer layer, double[] scale, double[] shift) {
    if (scale.length != channels(layer) || shift.length != scale.length) {
      throw new IllegalArgumentException(
          "%s channels need as many scales and shifts, got %s and %s"
              .formatted(channels(layer), scale.length, shift.length));
    }
    return switch (layer) {
      case Dense(Tensor weight, Tensor bias) ->
          new Dense(weight(weight, 0, scale), bias(bias, scale, shift));
      case Convolution convolution ->
          convolution.by(
              weight(convolution.weight(), 0, scale), bias(convolution.bias(), scale, shift));
      case TransposedConvolution(Tensor weight, Tensor bias, int stride, int padding) ->
          new TransposedConvolution(
              weight(weight, 1, scale), bias(bias, scale, shift), stride, padding);
      case BatchNorm norm ->
          new BatchNorm(
              weight(norm.weight(), 0, scale),
              bias(norm.bias(), scale, shift),
              norm.mean(),
              norm.variance(),
              norm.epsilon());
      case LayerNorm(Tensor weight, Tensor bias, double epsilon) ->
          new LayerNorm(weight(weight, 0, scale), bias(bias, scale, shift), epsilon);
      case Embedding(Tensor weight) -> new Embedding(bias(weight, scale, shift));
      case Scaling _, Pool _, Rearrangement _, Neurons _, Join _ -> throw unscaled();
    };
  }

  /// Multiplies every weight by the scale of its channel.
  private static Tensor weight(Tensor weight, int channelDimension, double[] scale) {
    float[] values = weight.toArray();
    int inner = 1;
    for (int d = channelDimension + 1; d < weight.shape().rank(); d++) {
      inner *= weight.shape().dimension(d);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * scale[i / inner % scale.length]);
    }
    return new Tensor(weight.shape(), values);
  }

  /// Scales and shifts what goes out as it is: a bias, or each row of an embedding.
  private static Tensor bias(Tensor bias, double[] scale, double[] shift) {
    float[] values = bias.toArray();
    for (int i = 0; i < values.length; i++) {
      int channel = i % scale.length;
      values[i] = (float) (values[i] * scale[channel] + shift[channel]);
    }
    return new Tensor(bias.shape(), values);
  }
}
