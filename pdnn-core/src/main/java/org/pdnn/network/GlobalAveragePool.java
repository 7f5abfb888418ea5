package org.pdnn.network;

/// The mean of each channel over all pixels, however many there are.
public record GlobalAveragePool() implements Pool {
  /// The average pool that this is for an image.
  public AveragePool over(Shape image) {
    Shapes.requireImage(image, "a global average pool");
    return new AveragePool(Window.of(image.dimension(1), image.dimension(2)), false);
  }

  @Override
  public Shape output(Shape input) {
    return over(input).output(input);
  }
}
