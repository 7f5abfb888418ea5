package org.pdnn.statedict;

import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// In which order a file keeps the axes of its weights.
enum Layout {
  /// PyTorch's, and ours: dense (outputs, inputs), convolution (outputs, inputs, height, width).
  /// Images are (channels, height, width).
  OUTPUTS_FIRST,
  /// Of Keras and JAX: dense (inputs, outputs), convolution (height, width, inputs, outputs),
  /// transposed convolution, in Keras, (height, width, outputs, inputs). Images are (height, width,
  /// channels).
  OUTPUTS_LAST;

  /// The shape in our order; other tensors than weights of 2 or 4 dimensions stay.
  Shape ours(Shape shape) {
    return turned(shape) ? Axes.permuted(shape, axes(shape)) : shape;
  }

  /// The tensor in our order.
  Tensor ours(Tensor tensor) {
    Shape shape = tensor.shape();
    return turned(shape)
        ? new Tensor(ours(shape), Axes.permuted(tensor.toArray(), shape, axes(shape)))
        : tensor;
  }

  /// Whether the axes of such a tensor are in another order than ours.
  boolean turned(Shape shape) {
    return switch (this) {
      case OUTPUTS_FIRST -> false;
      case OUTPUTS_LAST -> shape.rank() == 2 || shape.rank() == 4;
    };
  }

  /// Which of the axes of a turned tensor each of ours is.
  private static int[] axes(Shape shape) {
    return shape.rank() == 2 ? new int[] {1, 0} : new int[] {3, 2, 0, 1};
  }
}
