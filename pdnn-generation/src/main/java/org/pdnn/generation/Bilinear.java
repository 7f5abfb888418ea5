package org.pdnn.generation;

import org.pdnn.network.Shape;

/// Resizing as PyTorch's `interpolate` does it, bilinear, `align_corners=False`: pixels are squares
/// with their values at their centres; beyond the outermost centres the edge's value holds.
final class Bilinear {
  private Bilinear() {}

  /// An image in another height and width.
  ///
  /// @param from (channels, height, width)
  /// @param to the same channels, or three of a grey image, which are equal then
  static float[] resize(float[] image, Shape from, Shape to) {
    float[] resized = new float[to.size()];
    int at = 0;
    for (int channel = 0; channel < to.dimension(0); channel++) {
      int plane = from.dimension(0) == 1 ? 0 : channel * from.dimension(1) * from.dimension(2);
      for (int row = 0; row < to.dimension(1); row++) {
        double y = source(row, to.dimension(1), from.dimension(1));
        for (int column = 0; column < to.dimension(2); column++) {
          double x = source(column, to.dimension(2), from.dimension(2));
          resized[at++] = (float) value(image, plane, from, y, x);
        }
      }
    }
    return resized;
  }

  /// Where the centre of a pixel lies in the source, in its pixels.
  private static double source(int pixel, int size, int sourceSize) {
    return Math.clamp((pixel + 0.5) * sourceSize / size - 0.5, 0, sourceSize - 1.0);
  }

  private static double value(float[] image, int plane, Shape from, double y, double x) {
    int top = (int) y;
    int left = (int) x;
    int bottom = Math.min(top + 1, from.dimension(1) - 1);
    int right = Math.min(left + 1, from.dimension(2) - 1);
    int width = from.dimension(2);
    double above =
        between(image[plane + top * width + left], image[plane + top * width + right], x - left);
    double below =
        between(
            image[plane + bottom * width + left], image[plane + bottom * width + right], x - left);
    return between(above, below, y - top);
  }

  private static double between(double one, double other, double share) {
    return one + (other - one) * share;
  }
}
