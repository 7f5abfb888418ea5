package org.pdnn.integer;

/// A division by a constant, to the nearest integer: (x * multiplier + 2^15) >> 16, or x itself.
///
/// @param multiplier in units of 2^-16; 2^16 for none
public record Division(int multiplier) {
  private static final int BITS = 16;

  /// A multiplier of 1.
  public static final int ONE = 1 << BITS;

  /// By 1.
  static final Division NONE = new Division(ONE);

  /// The one that brings numbers from 0 to `from` to 0 to `to`.
  static Division of(long from, long to) {
    return new Division((int) Math.round((double) to / from * ONE));
  }

  public int apply(long x) {
    return divided(x * multiplier);
  }

  /// To the nearest integer, what is one of units of 2^-16.
  public static int divided(long x) {
    return (int) ((x + ONE / 2) >> BITS);
  }
}
