package org.pdnn.network;

/// The maximum of the pixels under a window; padding counts for nothing. Of {0, 1} bits it is their
/// OR.
public record MaxPool(Window window) implements Pool {
  /// Squares side by side; an incomplete border is dropped.
  ///
  /// @param size side of the square, at least 1
  public MaxPool(int size) {
    this(Window.of(size, size));
  }

  @Override
  public Shape output(Shape input) {
    return window.pooled(input, "a max pool");
  }
}
