package org.pdnn.network;

/// Any shape read as a vector, row-major.
public record Flatten() implements Rearrangement {
  @Override
  public Shape output(Shape input) {
    return Shape.of(input.size());
  }
}
