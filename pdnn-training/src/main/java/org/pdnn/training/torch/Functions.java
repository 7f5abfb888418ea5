package org.pdnn.training.torch;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.pdnn.network.Neuron;

/// Activation functions and levels of tensors.
final class Functions {
  private Functions() {}

  /// The activation of a neuron, without noise or levels.
  static Tensor mean(Neuron neuron, Tensor x) {
    return switch (neuron.activation()) {
      case IDENTITY -> x;
      case RELU -> x.relu();
      case SIGMOID -> x.sigmoid();
      case TANH -> x.tanh();
      // Its gradient is 1 from 0 to 1 and 0 beyond.
      case CLIP -> x.clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
      case LEAKY_RELU ->
          neuron instanceof Neuron.Deterministic leaky
              ? torch.leaky_relu(x, new Scalar(leaky.slope()))
              : torch.leaky_relu(x);
      case ELU -> torch.elu(x);
      case SELU -> torch.selu(x);
      // Not torch.gelu, which oneDNN computes.
      case GELU ->
          x.mul(x.mul(new Scalar(Math.sqrt(0.5))).erf().add(new Scalar(1))).mul(new Scalar(0.5));
      case GELU_TANH -> torch.gelu(x, "tanh");
      case SILU -> torch.silu(x);
      case HARD_SWISH -> torch.hardswish(x);
    };
  }

  /// Rounds f, in its place, to `steps` + 1 uniform levels from `low` to 1.
  static Tensor round(Tensor f, double low, double steps) {
    double range = 1 - low;
    return f.sub_(new Scalar(low))
        .mul_(new Scalar(steps / range))
        .add_(new Scalar(0.5))
        .floor_()
        .mul_(new Scalar(range / steps))
        .add_(new Scalar(low));
  }
}
