package org.pdnn.network;

import java.util.Map;

/// Layer normalisation (J. Ba et al., 2016), at each position by itself: y = (x - mean) /
/// sqrt(variance + epsilon) * weight + bias, mean and variance being those of its channels.
///
/// @param weight (channels)
/// @param bias (channels)
/// @param epsilon added to the variance, above 0
public record LayerNorm(Tensor weight, Tensor bias, double epsilon) implements Scaling {
  public LayerNorm {
    Shapes.require(weight.shape().rank() == 1, "a layer norm weight has 1 dimension", weight);
    Shapes.requireVector(bias, weight.size(), "a layer norm bias");
    Scaling.requireEpsilon(epsilon);
  }

  /// A layer norm that neither scales nor shifts further.
  public static LayerNorm of(int channels) {
    Shape vector = Shape.of(channels);
    return new LayerNorm(Tensor.filled(vector, 1), Tensor.filled(vector, 0), BatchNorm.EPSILON);
  }

  public int channels() {
    return weight.size();
  }

  @Override
  public Shape output(Shape input) {
    return Scaling.positions(input, channels(), "layer norm");
  }

  @Override
  public Map<String, Tensor> tensors() {
    return Layer.named("weight", weight, "bias", bias);
  }

  @Override
  public LayerNorm withTensors(Map<String, Tensor> tensors) {
    return new LayerNorm(
        Shapes.same(tensors, "weight", weight), Shapes.same(tensors, "bias", bias), epsilon);
  }
}
