package org.pdnn.training.torch;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.pdnn.network.Activation;
import org.pdnn.network.Neuron;
import org.pdnn.network.Window;

/// The p-bits under a max pool as one p-bit: the largest is up unless all are down, with
/// probability 1 - prod (1 - p).
final class PooledBits {
  private PooledBits() {}

  /// The means of what the pool gives.
  ///
  /// @param x pre-activations of the p-bits, [batch, channels, height, width]
  /// @param window of the pool; it tiles the image
  static Tensor means(Activation activation, Tensor x, Window window) {
    Tensor down = product(down(activation, x), 2, window.rows().kernel());
    Tensor up = product(down, 3, window.columns().kernel()).neg_().add_(new Scalar(1));
    return activation.signed() ? up.mul_(new Scalar(2)).sub_(new Scalar(1)) : up;
  }

  /// 1 - p of each p-bit.
  private static Tensor down(Activation activation, Tensor x) {
    return switch (activation) {
      case SIGMOID -> x.neg().sigmoid_();
      case TANH -> x.mul(new Scalar(-2)).sigmoid_();
      case CLIP -> Functions.mean(Neuron.deterministic(activation), x).neg_().add_(new Scalar(1));
      default -> throw new IllegalStateException("p-bits have no mean " + activation);
    };
  }

  /// The product of each `size` neighbours in one dimension; an incomplete rest is dropped.
  private static Tensor product(Tensor x, int dimension, int size) {
    long length = x.size(dimension) / size * size;
    Tensor product = every(x, dimension, 0, length, size);
    for (int offset = 1; offset < size; offset++) {
      product = product.mul(every(x, dimension, offset, length, size));
    }
    return product;
  }

  private static Tensor every(Tensor x, int dimension, long from, long to, long step) {
    return x.slice(dimension, new LongOptional(from), new LongOptional(to), step);
  }
}
