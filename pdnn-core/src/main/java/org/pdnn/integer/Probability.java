package org.pdnn.integer;

import org.pdnn.network.Activation;

/// The probability that a p-bit stays down, 1 - sigmoid(I), from a table: 32 cubics in the distance
/// of I from the nearest integer, as 32-bit numbers.
///
/// Each step is one correctly rounded operation, so that every machine and every kernel has the
/// same bits. Within 5e-5 of the function ([#ERROR]).
public final class Probability {
  /// The promised bound on the error of a probability.
  public static final double ERROR = 5e-5;

  /// Pre-activations are clamped to [-BOUND, BOUND]; sigmoid(-15.5) is 2e-7.
  public static final float BOUND = 15.5f;

  /// Cubics: one for each integer from -16 to 15, found by the integer's last five bits.
  public static final int SEGMENTS = 32;

  /// Adding and subtracting it rounds to the nearest integer, half to even.
  public static final float ROUND = 0x1.8p23f;

  private static final float[][] COEFFICIENTS = fit();

  private Probability() {}

  /// P(b is down) for a pre-activation I: about 1 - sigmoid(I).
  public static float down(float preActivation) {
    float clamped = Math.max(-BOUND, Math.min(BOUND, preActivation));
    float shifted = clamped + ROUND;
    float rest = clamped - (shifted - ROUND);
    int segment = Float.floatToRawIntBits(shifted) & (SEGMENTS - 1);
    float value = COEFFICIENTS[3][segment];
    for (int power = 2; power >= 0; power--) {
      value = Math.fma(value, rest, COEFFICIENTS[power][segment]);
    }
    return value;
  }

  /// The threshold of a p-bit in units of 2^-24: the bit is up if the upper 24 bits of its random
  /// word, as a number, lie below.
  ///
  /// @param down the probability to stay down
  public static float threshold(float down) {
    return Math.fma(-0x1p24f, down, 0x1p24f);
  }

  /// What [#threshold] compares.
  public static float draw(int word) {
    return word >>> 8;
  }

  /// The coefficients of one power by segment, for kernels to load.
  public static float[] coefficients(int power) {
    return COEFFICIENTS[power].clone();
  }

  /// Interpolates at the four Chebyshev nodes of each segment.
  private static float[][] fit() {
    double outer = 0.46193976625564337; // cos(pi / 8) / 2
    double inner = 0.19134171618254492; // cos(3 pi / 8) / 2
    float[][] fitted = new float[4][SEGMENTS];
    for (int centre = -SEGMENTS / 2; centre < SEGMENTS / 2; centre++) {
      double up = down(centre, outer);
      double low = down(centre, -outer);
      double upInner = down(centre, inner);
      double lowInner = down(centre, -inner);
      // Even and odd part each pass through two points.
      double even = (up + low) / 2;
      double evenInner = (upInner + lowInner) / 2;
      double odd = (up - low) / (2 * outer);
      double oddInner = (upInner - lowInner) / (2 * inner);
      double width = outer * outer - inner * inner;
      double second = (even - evenInner) / width;
      double third = (odd - oddInner) / width;
      int segment = centre & (SEGMENTS - 1);
      fitted[0][segment] = (float) (even - second * outer * outer);
      fitted[1][segment] = (float) (odd - third * outer * outer);
      fitted[2][segment] = (float) second;
      fitted[3][segment] = (float) third;
    }
    return fitted;
  }

  private static double down(int centre, double distance) {
    return Activation.SIGMOID.apply(-(centre + distance));
  }
}
