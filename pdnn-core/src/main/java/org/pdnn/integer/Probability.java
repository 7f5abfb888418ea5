package org.pdnn.integer;

import org.pdnn.network.Activation;

/// The probability that a p-bit stays down: 1 - sigmoid(I) or 1 - clip(I).
///
/// That of sigmoid is from a table: 32 cubics in the distance of I from the nearest integer, as
/// 32-bit numbers. Within 5e-5 of the function ([#ERROR]). That of clip is exact up to one rounding
/// ([#downClip]). Each step is one correctly rounded operation, so that every machine and every
/// kernel has the same bits.
public final class Probability {
  /// The promised bound on the error of a sigmoid's probability.
  public static final double ERROR = 5e-5;

  /// Pre-activations are clamped to [-BOUND, BOUND], the last number below 15.5: 15.5 itself would
  /// round to 16, whose last five bits are those of -16. sigmoid(-15.5) is 2e-7.
  public static final float BOUND = 0x1.effffep3f;

  /// Cubics: one for each integer from -16 to 15, found by the integer's last five bits.
  public static final int SEGMENTS = 32;

  /// Adding and subtracting it rounds to the nearest integer, half to even.
  public static final float ROUND = 0x1.8p23f;

  /// The bits of 1: numbers from 0 to 1 have bits from 0 to this, in their own order.
  public static final int ONE = 0x3F800000;

  private static final int POWERS = 4;

  /// By segment, then power.
  private static final float[] COEFFICIENTS = fit();

  private Probability() {}

  /// P(b is down) for a pre-activation I: about 1 - sigmoid(I).
  public static float down(float preActivation) {
    // Math.min and Math.max would mind the sign of zero and take six instructions each.
    float atMost = preActivation > BOUND ? BOUND : preActivation;
    float clamped = atMost < -BOUND ? -BOUND : atMost;
    float shifted = clamped + ROUND;
    float rest = clamped - (shifted - ROUND);
    int at = (Float.floatToRawIntBits(shifted) & (SEGMENTS - 1)) * POWERS;
    float value = COEFFICIENTS[at + 3];
    value = Math.fma(value, rest, COEFFICIENTS[at + 2]);
    value = Math.fma(value, rest, COEFFICIENTS[at + 1]);
    return Math.fma(value, rest, COEFFICIENTS[at]);
  }

  /// P(b is down) for a pre-activation I: 1 - min(max(I, 0), 1), rounded once, so within 2^-25 of
  /// the function. Of a NaN, which no finite weights make, it is 0 or 1 by its sign.
  public static float downClip(float preActivation) {
    // Numbers below 0 and -0 have negative bits.
    int bits = Math.min(Math.max(Float.floatToRawIntBits(preActivation), 0), ONE);
    return 1 - Float.intBitsToFloat(bits);
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
    float[] coefficients = new float[SEGMENTS];
    for (int segment = 0; segment < SEGMENTS; segment++) {
      coefficients[segment] = COEFFICIENTS[segment * POWERS + power];
    }
    return coefficients;
  }

  /// Interpolates at the four Chebyshev nodes of each segment.
  private static float[] fit() {
    double outer = 0.46193976625564337; // cos(pi / 8) / 2
    double inner = 0.19134171618254492; // cos(3 pi / 8) / 2
    float[] fitted = new float[SEGMENTS * POWERS];
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
      int at = (centre & (SEGMENTS - 1)) * POWERS;
      fitted[at] = (float) (even - second * outer * outer);
      fitted[at + 1] = (float) (odd - third * outer * outer);
      fitted[at + 2] = (float) second;
      fitted[at + 3] = (float) third;
    }
    return fitted;
  }

  private static double down(int centre, double distance) {
    return Activation.SIGMOID.apply(-(centre + distance));
  }
}
