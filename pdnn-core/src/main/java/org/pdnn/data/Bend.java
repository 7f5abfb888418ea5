package org.pdnn.data;

/// How one hand and one sheet distort a digit: elastic waves, then scale, shear, rotation and
/// shift.
///
/// Maps a point of the ideal digit, in units of its height, to pixels.
final class Bend {
  /// Words that one bend needs.
  static final int WORDS = 22;

  private static final int WAVES_PER_AXIS = 2;

  /// Amplitude, two angular frequencies and phase of each wave; even ones move x, odd ones y.
  private final double[][] waves = new double[2 * WAVES_PER_AXIS][4];

  private final double xx;
  private final double xy;
  private final double yx;
  private final double yy;
  private final double shiftX;
  private final double shiftY;

  /// @param draws [#WORDS] words
  /// @param height the digit's height before scaling, in pixels
  /// @param centre the middle of the sheet, in pixels
  /// @param untidiness 1 is usual; all distortions but the shift are proportional to it
  Bend(Variates draws, double height, double centre, double untidiness) {
    double angle = draws.normal(0.14 * untidiness);
    double slant = draws.normal(0.18 * untidiness);
    double wide = height * (1 + draws.normal(0.12 * untidiness));
    double tall = height * (1 + draws.normal(0.08 * untidiness));
    shiftX = centre + draws.normal(1.35);
    shiftY = centre + draws.normal(1.35);
    // Rotation after shear after scale, as one matrix; StrictMath for equal bits everywhere.
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    xx = cos * wide;
    xy = -(cos * slant + sin) * tall;
    yx = sin * wide;
    yy = (cos - sin * slant) * tall;
    for (double[] wave : waves) {
      wave[0] = draws.normal(0.02 * untidiness);
      wave[1] = draws.uniform(-6, 6);
      wave[2] = draws.uniform(-6, 6);
      wave[3] = draws.uniform(0, 2 * Math.PI);
    }
  }

  /// The column at which a point lands, in pixels.
  double x(double x, double y) {
    return shiftX + xx * (moved(0, x, y) - 0.5) + xy * (moved(1, x, y) - 0.5);
  }

  /// The row at which a point lands, in pixels.
  double y(double x, double y) {
    return shiftY + yx * (moved(0, x, y) - 0.5) + yy * (moved(1, x, y) - 0.5);
  }

  /// One coordinate displaced by its waves.
  private double moved(int axis, double x, double y) {
    double moved = axis == 0 ? x : y;
    for (int i = axis; i < waves.length; i += 2) {
      double[] wave = waves[i];
      moved += wave[0] * StrictMath.sin(wave[1] * x + wave[2] * y + wave[3]);
    }
    return moved;
  }
}
