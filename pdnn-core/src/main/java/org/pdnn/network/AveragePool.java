package org.pdnn.network;

import org.pdnn.names.Limits;

/// The mean of each square of pixels; squares do not overlap, an incomplete border is dropped. Of
/// {0, 1} bits it is the share that is 1, a number of size^2 + 1 levels.
///
/// @param size side of the square, at least 1
public record AveragePool(int size) implements Pool {
  public AveragePool {
    Limits.atLeast("average pool size", 1, size);
  }

  @Override
  public Shape output(Shape input) {
    return Shapes.pooled(input, size, "an average pool");
  }
}
