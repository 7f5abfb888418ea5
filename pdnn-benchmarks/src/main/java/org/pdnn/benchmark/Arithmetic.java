package org.pdnn.benchmark;

import java.util.Locale;

/// What products are computed in.
public enum Arithmetic {
  /// 32-bit real numbers, or wider ones.
  FP32,
  /// Integers of eight bits or fewer.
  INT8;

  /// The name in results, lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
