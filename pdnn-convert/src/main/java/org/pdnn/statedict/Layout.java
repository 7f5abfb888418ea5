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

  /// The shape in our order; vectors stay. A kernel over sequences, of 3 dimensions, is one of
  /// height 1.
  Shape ours(Shape shape) {
    Shape ours = turned(shape) ? Axes.permuted(shape, axes(shape)) : shape;
    return ours.rank() == 3
        ? Shape.of(ours.dimension(0), ours.dimension(1), 1, ours.dimension(2))
        : ours;
  }

  /// The tensor in our order.
  Tensor ours(Tensor tensor) {
    Shape shape = tensor.shape();
    if (turned(shape)) {
      return new Tensor(ours(shape), Axes.permuted(tensor.toArray(), shape, axes(shape)));
    }
    return shape.rank() == 3 ? new Tensor(ours(shape), tensor.toArray()) : tensor;
  }

  /// Whether the axes of such a tensor are in another order than ours.
  boolean turned(Shape shape) {
    return switch (this) {
      case OUTPUTS_FIRST -> false;
      case OUTPUTS_LAST -> shape.rank() >= 2 && shape.rank() <= 4;
    };
  }

  /// Which of the axes of a turned tensor each of ours is.
  private static int[] axes(Shape shape) {
    return switch (shape.rank()) {
      case 2 -> new int[] {1, 0};
      case 3 -> new int[] {2, 1, 0};
      default -> new int[] {3, 2, 0, 1};
    };
  }
}
