package org.pdnn.data;

/// Scales planes of pixels as Pillow's `resize` with `BILINEAR` does, to the bit.
///
/// A pixel of the result is the mean of those below a triangle about its centre, two source pixels
/// wide where the picture grows and as wide in pixels of the result where it shrinks, so that
/// nothing is skipped. Rows first, then columns, rounded to bytes after each.
final class Resampling {
  /// Bits after the point of a weight.
  private static final int BITS = 22;

  private Resampling() {}

  /// Height and width are scaled on their own; the whole picture is kept.
  ///
  /// @param planes row-major planes of `height * width` bytes
  static byte[] of(byte[] planes, int height, int width, int toHeight, int toWidth) {
    int count = planes.length / (height * width);
    byte[] narrow = new byte[count * height * toWidth];
    scale(planes, narrow, new Weights(width, toWidth), count * height, 1);
    byte[] scaled = new byte[count * toHeight * toWidth];
    Weights rows = new Weights(height, toHeight);
    for (int plane = 0; plane < count; plane++) {
      for (int column = 0; column < toWidth; column++) {
        line(
            narrow,
            plane * height * toWidth + column,
            scaled,
            plane * toHeight * toWidth + column,
            toWidth,
            rows);
      }
    }
    return scaled;
  }

  private static void scale(byte[] from, byte[] to, Weights weights, int lines, int step) {
    for (int line = 0; line < lines; line++) {
      line(from, line * weights.from, to, line * weights.to, step, weights);
    }
  }

  /// Scales one line of pixels that lie `step` places apart.
  private static void line(
      byte[] from, int fromStart, byte[] to, int toStart, int step, Weights weights) {
    for (int i = 0; i < weights.to; i++) {
      long sum = 1L << (BITS - 1);
      int first = weights.first[i];
      int[] fixed = weights.fixed[i];
      for (int k = 0; k < fixed.length; k++) {
        sum += (long) fixed[k] * (from[fromStart + (first + k) * step] & 0xFF);
      }
      to[toStart + i * step] = (byte) Math.clamp(sum >> BITS, 0, 255);
    }
  }

  /// By pixel of the result, the first source pixel and the weights from there on.
  private static final class Weights {
    private final int from;
    private final int to;
    private final int[] first;
    private final int[][] fixed;

    Weights(int from, int to) {
      this.from = from;
      this.to = to;
      this.first = new int[to];
      this.fixed = new int[to][];
      double scale = (double) from / to;
      double support = Math.max(scale, 1);
      for (int i = 0; i < to; i++) {
        double center = (i + 0.5) * scale;
        first[i] = Math.max(0, (int) (center - support + 0.5));
        int end = Math.min(from, (int) (center + support + 0.5));
        double[] weights = new double[end - first[i]];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
          double distance = Math.abs((k + first[i] - center + 0.5) / support);
          weights[k] = Math.max(0, 1 - distance);
          sum += weights[k];
        }
        fixed[i] = new int[weights.length];
        for (int k = 0; k < weights.length; k++) {
          fixed[i][k] = (int) (0.5 + weights[k] / sum * (1 << BITS));
        }
      }
    }
  }
}
