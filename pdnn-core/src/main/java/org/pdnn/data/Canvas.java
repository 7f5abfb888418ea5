package org.pdnn.data;

/// A square sheet of paper on which a round pen leaves ink, in [0, 1] a pixel.
final class Canvas {
  private final int side;
  private final double[] ink;

  Canvas(int side) {
    this.side = side;
    this.ink = new double[side * side];
  }

  /// The ink on a pixel, counted in row-major order.
  double ink(int pixel) {
    return ink[pixel];
  }

  /// Draws from (x0, y0) to (x1, y1), in pixels; what falls outside the sheet is lost.
  ///
  /// A pixel is covered by how far its centre lies inside the pen's outline, one pixel wide: 1 half
  /// a pixel inside, 0 half a pixel outside. Strokes that cross leave the darker of the two.
  void line(double x0, double y0, double x1, double y1, double radius) {
    double reach = radius + 0.5;
    int left = clip(Math.floor(Math.min(x0, x1) - reach));
    int right = clip(Math.ceil(Math.max(x0, x1) + reach));
    int top = clip(Math.floor(Math.min(y0, y1) - reach));
    int bottom = clip(Math.ceil(Math.max(y0, y1) + reach));
    double dx = x1 - x0;
    double dy = y1 - y0;
    double perSquaredLength = 1 / Math.max(dx * dx + dy * dy, 1e-12);
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        double x = column + 0.5 - x0;
        double y = row + 0.5 - y0;
        double along = Math.clamp((x * dx + y * dy) * perSquaredLength, 0.0, 1.0);
        x -= along * dx;
        y -= along * dy;
        double squared = x * x + y * y;
        if (squared < reach * reach) {
          double covered = Math.min(1, reach - Math.sqrt(squared));
          int pixel = row * side + column;
          ink[pixel] = Math.max(ink[pixel], covered);
        }
      }
    }
  }

  private int clip(double edge) {
    return (int) Math.clamp(edge, 0.0, side);
  }
}
