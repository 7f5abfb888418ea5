package org.pdnn.training.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The Adam optimiser on one flat tensor, with PyTorch's defaults (beta 0.9 and 0.999, epsilon
/// 1e-8). D. P. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015.
final class Adam implements AutoCloseable {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private final Tensor mean;
  private final Tensor variance;
  private final Held held = new Held();

  Adam(Tensor weights) {
    try (var _ = new PointerScope()) {
      mean = held.keep(torch.zeros_like(weights));
      variance = held.keep(torch.zeros_like(weights));
    }
  }

  /// Moves the weights.
  ///
  /// @param step number of this step, from 1
  void step(Tensor weights, Tensor gradients, long step, double learningRate) {
    try (var _ = new AutoGradMode(false)) {
      mean.mul_(new Scalar(BETA_1)).add_(gradients, new Scalar(1 - BETA_1));
      variance.mul_(new Scalar(BETA_2)).addcmul_(gradients, gradients, new Scalar(1 - BETA_2));
      double meanCorrection = 1 - Math.pow(BETA_1, (double) step);
      double varianceCorrection = 1 - Math.pow(BETA_2, (double) step);
      Tensor deviation =
          variance.sqrt().div_(new Scalar(Math.sqrt(varianceCorrection))).add_(new Scalar(EPSILON));
      weights.addcdiv_(mean, deviation, new Scalar(-learningRate / meanCorrection));
    }
  }

  float[] mean() {
    return Parameters.array(mean);
  }

  float[] variance() {
    return Parameters.array(variance);
  }

  void restore(float[] meanValues, float[] varianceValues, Device device) {
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      mean.copy_(Parameters.tensor(meanValues, device));
      variance.copy_(Parameters.tensor(varianceValues, device));
    }
  }

  @Override
  public void close() {
    held.close();
  }
}
