package org.pdnn.network;

import org.pdnn.names.Limits;

/// The maximum of each square of pixels; squares do not overlap, an incomplete border is dropped.
/// Of {0, 1} bits it is their OR.
///
/// @param size side of the square, at least 1
public record MaxPool(int size) implements Pool {
  public MaxPool {
    Limits.atLeast("max pool size", 1, size);
  }

  @Override
  public Shape output(Shape input) {
    return Shapes.pooled(input, size, "a max pool");
  }
}
