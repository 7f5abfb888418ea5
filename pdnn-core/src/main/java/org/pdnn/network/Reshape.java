package org.pdnn.network;

/// The same values, row-major, under another shape.
public record Reshape(Shape shape) implements Rearrangement {
  @Override
  public Shape output(Shape input) {
    if (input.size() != shape.size()) {
      throw new IllegalArgumentException(
          "%s cannot be reshaped to %s: %s values are not %s"
              .formatted(input, shape, input.size(), shape.size()));
    }
    return shape;
  }
}
