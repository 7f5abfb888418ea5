package org.pdnn.network;

/// The mean of the pixels under a window. Of {0, 1} bits it is the share that is 1, a number of one
/// level more than the window has pixels.
///
/// @param window without dilation
/// @param countsPadding whether the zeros of the padding are pixels too; false where there are none
public record AveragePool(Window window, boolean countsPadding) implements Pool {
  public AveragePool {
    if (window.rows().dilation() != 1 || window.columns().dilation() != 1) {
      throw new IllegalArgumentException(
          "an average pool has no dilation, got %s".formatted(window));
    }
    countsPadding &= window.padded();
  }

  /// Squares side by side; an incomplete border is dropped.
  ///
  /// @param size side of the square, at least 1
  public AveragePool(int size) {
    this(Window.of(size, size), true);
  }

  /// What the sum under the window is divided by.
  ///
  /// @param row of the output
  /// @param column of the output
  public int divisor(int row, int column, Shape input) {
    int height = input.dimension(1);
    int width = input.dimension(2);
    return countsPadding
        ? window.rows().padded(row, height) * window.columns().padded(column, width)
        : window.rows().inside(row, height) * window.columns().inside(column, width);
  }

  @Override
  public Shape output(Shape input) {
    return window.pooled(input, "an average pool");
  }
}
