package org.pdnn.training.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The library that computes libtorch's convolutions in 32 bits. It writes code for the processor
/// that it finds, and on some virtual machines that code gives wrong sums.
final class OneDnn {
  private static final System.Logger LOGGER = System.getLogger(OneDnn.class.getName());

  private OneDnn() {}

  /// Switches it off for the whole process, with a warning, where its sums are wrong.
  static void useIfSound() {
    if (torch.hasMKLDNN() && !sound()) {
      torch.globalContext().setUserEnabledMkldnn(false);
      // It would take over, and complains of every processor that it does not know, at each call.
      torch.globalContext().setUserEnabledNNPACK(false);
      LOGGER.log(
          System.Logger.Level.WARNING,
          "oneDNN computes wrong convolutions on this machine; libtorch does without it, slower");
    }
  }

  /// Whether some convolutions of small whole numbers, and their gradients, are exact.
  static boolean sound() {
    try (var _ = new PointerScope()) {
      return exact(true, new long[] {3, 3, 7, 5}, new long[] {3, 4, 3, 2})
          && exact(false, new long[] {3, 3, 7, 5}, new long[] {4, 3, 3, 3})
          && exact(false, new long[] {8, 16, 9, 9}, new long[] {32, 16, 3, 3});
    }
  }

  private static boolean exact(boolean transposed, long[] input, long[] weight) {
    Tensor[] single = results(transposed, ScalarType.Float, input, weight);
    // In 64 bits libtorch convolves by itself.
    Tensor[] expected = results(transposed, ScalarType.Double, input, weight);
    for (int i = 0; i < single.length; i++) {
      if (!single[i].to(ScalarType.Double).equal(expected[i])) {
        return false;
      }
    }
    return true;
  }

  /// The outputs y, and the gradients of the sum of y * y with respect to input and weight.
  private static Tensor[] results(
      boolean transposed, ScalarType type, long[] input, long[] weight) {
    Tensor x = wholeNumbers(input, type);
    Tensor w = wholeNumbers(weight, type);
    long[] one = {1, 1};
    long[] none = {0, 0};
    TensorOptional bias = new TensorOptional();
    Tensor y =
        transposed
            ? torch.conv_transpose2d(x, w, bias, one, none, none, 1, one)
            : torch.conv2d(x, w, bias, one, one, one, 1);
    y.mul(y).sum().backward();
    return new Tensor[] {y, x.grad(), w.grad()};
  }

  /// 0, 1, 2, 3, 4, 0, ...: sums of products of these have no rounding.
  private static Tensor wholeNumbers(long[] shape, ScalarType type) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    return torch
        .arange(new Scalar((double) size))
        .remainder(new Scalar(5.0))
        .to(type)
        .reshape(shape)
        .detach()
        .requires_grad_(true);
  }
}
