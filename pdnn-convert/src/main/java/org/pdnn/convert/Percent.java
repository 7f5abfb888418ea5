package org.pdnn.convert;

import java.util.Locale;

/// A share as a sentence has it.
final class Percent {
  private Percent() {}

  /// In percent without needless zeros, as in `99.9`.
  static String of(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share).replaceAll("\\.?0+$", "");
  }
}
