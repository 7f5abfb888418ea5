package org.pdnn.network;

/// exp(x) from additions and multiplications alone, so that it has the same bits on every machine
/// (Math.exp may differ in the last place) and the compiler can vectorise it.
///
/// x = k ln 2 + r with |r| <= ln(2) / 2; exp(r) by its Taylor polynomial of degree 13, whose
/// remainder is below 5e-18; then 2^k by the exponent bits. Within 4 units in the last place.
public final class Exponential {
  private static final double LOG2_E = 1.4426950408889634;

  /// ln 2 in two parts: the first has its low bits zero, so that k times it is exact.
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  private static final double LN2_LOW = 0x1.a39ef35793c76p-33;

  /// Beyond this the result is 0 or above 1e304; clamping there keeps 2^k a normal number.
  private static final double LIMIT = 700;

  /// Adding and subtracting 1.5 * 2^52 rounds to the nearest integer.
  private static final double ROUND = 0x1.8p52;

  private Exponential() {}

  /// The exponential; beyond ± 700 that of ± 700.
  public static double exp(double x) {
    double bounded = Math.clamp(x, -LIMIT, LIMIT);
    double k = bounded * LOG2_E + ROUND - ROUND;
    double r = bounded - k * LN2_HIGH - k * LN2_LOW;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r + 1;
    p = p * r + 1;
    return p * Double.longBitsToDouble(((long) k + 1023) << 52);
  }
}
