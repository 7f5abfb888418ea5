package org.pdnn.network;

import java.util.Map;

/// Normalisation by the root mean square (B. Zhang, R. Sennrich, NeurIPS 2019), at each position by
/// itself: y = x / sqrt(mean of x² + epsilon) * weight, the mean being that over its channels.
///
/// @param weight (channels)
/// @param epsilon added to the mean square, above 0
public record RmsNorm(Tensor weight, double epsilon) implements Scaling {
  public RmsNorm {
    Shapes.require(weight.shape().rank() == 1, "an RMS norm weight has 1 dimension", weight);
    Scaling.requireEpsilon(epsilon);
  }

  /// An RMS norm that does not scale further.
  public static RmsNorm of(int channels) {
    return new RmsNorm(Tensor.filled(Shape.of(channels), 1), BatchNorm.EPSILON);
  }

  public int channels() {
    return weight.size();
  }

  @Override
  public Shape output(Shape input) {
    return Scaling.positions(input, channels(), "RMS norm");
  }

  @Override
  public Map<String, Tensor> tensors() {
    return Map.of("weight", weight);
  }

  @Override
  public RmsNorm withTensors(Map<String, Tensor> tensors) {
    return new RmsNorm(Shapes.same(tensors, "weight", weight), epsilon);
  }
}
