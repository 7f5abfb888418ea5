package org.pdnn.report;

import java.math.BigDecimal;

/// What numbers of a report must be, and how they are written.
final class Numbers {
  private Numbers() {}

  static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(name + " must be finite, got " + value);
    }
  }

  /// All digits that tell this double from others, without exponent or needless zeros: `32`, not
  /// `32.0`.
  static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
