package org.pdnn.random;

/// The standard normal distribution: its function and its quantiles, with the same bits on every
/// machine.
public final class Normal {
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  /// Where the quantile's formula changes.
  private static final double TAIL = 0.02425;

  private Normal() {}

  /// P(Z < z), to 1e-14 or better.
  ///
  /// J. F. Hart et al., "Computer approximations", 1968, algorithm 5666, as given by G. West,
  /// "Better approximations to cumulative normal functions", Wilmott, May 2005.
  public static double below(double z) {
    double x = Math.abs(z);
    double tail;
    if (x > 37) {
      tail = 0;
    } else {
      double density = StrictMath.exp(-x * x / 2);
      if (x < 7.07106781186547) {
        double top = 3.52624965998911e-02 * x + 0.700383064443688;
        top = top * x + 6.37396220353165;
        top = top * x + 33.912866078383;
        top = top * x + 112.079291497871;
        top = top * x + 221.213596169931;
        top = top * x + 220.206867912376;
        double bottom = 8.83883476483184e-02 * x + 1.75566716318264;
        bottom = bottom * x + 16.064177579207;
        bottom = bottom * x + 86.7807322029461;
        bottom = bottom * x + 296.564248779674;
        bottom = bottom * x + 637.333633378831;
        bottom = bottom * x + 793.826512519948;
        bottom = bottom * x + 440.413735824752;
        tail = density * top / bottom;
      } else {
        double fraction = x + 0.65;
        fraction = x + 4 / fraction;
        fraction = x + 3 / fraction;
        fraction = x + 2 / fraction;
        fraction = x + 1 / fraction;
        tail = density / fraction / ROOT_TWO_PI;
      }
    }
    return z > 0 ? 1 - tail : tail;
  }

  /// z with P(Z < z) = p, to a relative 1.2e-9.
  ///
  /// P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution
  /// function", 2003.
  ///
  /// @param p above 0 and below 1
  public static double quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException("a probability must be above 0 and below 1, got " + p);
    }
    if (p < TAIL) {
      return tail(p);
    }
    if (p > 1 - TAIL) {
      return -tail(1 - p);
    }
    double q = p - 0.5;
    double r = q * q;
    double top = -3.969683028665376e+01 * r + 2.209460984245205e+02;
    top = top * r - 2.759285104469687e+02;
    top = top * r + 1.383577518672690e+02;
    top = top * r - 3.066479806614716e+01;
    top = top * r + 2.506628277459239e+00;
    double bottom = -5.447609879822406e+01 * r + 1.615858368580409e+02;
    bottom = bottom * r - 1.556989798598866e+02;
    bottom = bottom * r + 6.680131188771972e+01;
    bottom = bottom * r - 1.328068155288572e+01;
    return top * q / (bottom * r + 1);
  }

  /// The quantile of the middle of a word's step: the word, unsigned, and a half, over 2^32.
  public static double quantile(int word) {
    return quantile((Integer.toUnsignedLong(word) + 0.5) * 0x1p-32);
  }

  /// The word whose step of [0, 1) holds P(Z < z).
  static int word(double z) {
    return (int) Math.min((long) (below(z) * 0x1p32), (1L << 32) - 1);
  }

  private static double tail(double p) {
    double q = Math.sqrt(-2 * StrictMath.log(p));
    double top = -7.784894002430293e-03 * q - 3.223964580411365e-01;
    top = top * q - 2.400758277161838e+00;
    top = top * q - 2.549732539343734e+00;
    top = top * q + 4.374664141464968e+00;
    top = top * q + 2.938163982698783e+00;
    double bottom = 7.784695709041462e-03 * q + 3.224671290700398e-01;
    bottom = bottom * q + 2.445134137142996e+00;
    bottom = bottom * q + 3.754408661907416e+00;
    return top / (bottom * q + 1);
  }
}
