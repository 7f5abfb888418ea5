package org.pdnn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/// Batch normalisation at inference: y = (x - mean) / sqrt(variance + epsilon) * weight + bias, per
/// channel. All four tensors have one value per channel.
///
/// @param epsilon added to the variance, above 0
public record BatchNorm(Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon)
    implements Scaling {
  /// PyTorch's default epsilon.
  public static final double EPSILON = 1e-5;

  public BatchNorm {
    Shapes.require(weight.shape().rank() == 1, "a batch norm weight has 1 dimension", weight);
    int channels = weight.size();
    Shapes.requireVector(bias, channels, "a batch norm bias");
    Shapes.requireVector(mean, channels, "a batch norm mean");
    Shapes.requireVector(variance, channels, "a batch norm variance");
    Scaling.requireEpsilon(epsilon);
    for (int i = 0; i < channels; i++) {
      if (variance.get(i) < 0) {
        throw new IllegalArgumentException(
            "a variance must be at least 0, got %s in channel %s".formatted(variance.get(i), i));
      }
    }
  }

  /// A batch norm that changes nothing but for epsilon.
  public static BatchNorm of(int channels) {
    Tensor zeros = Tensor.filled(Shape.of(channels), 0);
    Tensor ones = Tensor.filled(Shape.of(channels), 1);
    return new BatchNorm(ones, zeros, zeros, ones, EPSILON);
  }

  public int channels() {
    return weight.size();
  }

  /// What a channel's value is multiplied by.
  public double scale(int channel) {
    return weight.get(channel) / Math.sqrt(variance.get(channel) + epsilon);
  }

  /// What is added to a channel's scaled value.
  public double shift(int channel) {
    return bias.get(channel) - mean.get(channel) * scale(channel);
  }

  /// What the channels' values are multiplied by.
  public double[] scales() {
    return IntStream.range(0, channels()).mapToDouble(this::scale).toArray();
  }

  /// What is added to the channels' scaled values.
  public double[] shifts() {
    return IntStream.range(0, channels()).mapToDouble(this::shift).toArray();
  }

  /// Images (channels, height, width) or vectors (channels) pass unchanged in shape.
  @Override
  public Shape output(Shape input) {
    return Scaling.positions(input, channels(), "batch norm");
  }

  @Override
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put("weight", weight);
    map.put("bias", bias);
    map.put("running_mean", mean);
    map.put("running_var", variance);
    return map;
  }

  @Override
  public BatchNorm withTensors(Map<String, Tensor> tensors) {
    return new BatchNorm(
        Shapes.same(tensors, "weight", weight),
        Shapes.same(tensors, "bias", bias),
        Shapes.same(tensors, "running_mean", mean),
        Shapes.same(tensors, "running_var", variance),
        epsilon);
  }
}
