package org.pdnn.statedict;

import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// In which order a file keeps the axes of its weights.
enum Layout {
  /// PyTorch's, and ours: dense (outputs, inputs), convolution (outputs, inputs, height, width).
  /// Images are (channels, height, width).
  OUTPUTS_FIRST {
    @Override
    int[] axes(int rank) {
      throw new IllegalStateException("weights are in our order already");
    }
  },
  /// Of Keras and JAX: dense (inputs, outputs), convolution (height, width, inputs, outputs),
  /// transposed convolution, in Keras, (height, width, outputs, inputs). Images are (height, width,
  /// channels).
  OUTPUTS_LAST {
    @Override
    int[] axes(int rank) {
      return rank == 2 ? new int[] {1, 0} : new int[] {3, 2, 0, 1};
    }
  };

  /// Which of the file's axes each of ours is.
  abstract int[] axes(int rank);

  private boolean keeps(Shape shape) {
    return this == OUTPUTS_FIRST || (shape.rank() != 2 && shape.rank() != 4);
  }

  /// The shape in our order; other tensors than weights of 2 or 4 dimensions stay.
  Shape ours(Shape shape) {
    return keeps(shape) ? shape : Axes.permuted(shape, axes(shape.rank()));
  }

  /// The tensor in our order.
  Tensor ours(Tensor tensor) {
    Shape shape = tensor.shape();
    return keeps(shape)
        ? tensor
        : new Tensor(ours(shape), Axes.permuted(tensor.toArray(), shape, axes(shape.rank())));
  }
}
