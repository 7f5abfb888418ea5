package org.pdnn.report;

import org.pdnn.evaluation.Estimate;

/// From low to high, both included.
public record Interval(double low, double high) {
  public Interval {
    Numbers.requireFinite("low", low);
    Numbers.requireFinite("high", high);
    if (low > high) {
      throw new IllegalArgumentException(
          "low must not exceed high, got %s and %s".formatted(low, high));
    }
  }

  /// The bounds of an estimate.
  public static Interval of(Estimate estimate) {
    return new Interval(estimate.low(), estimate.high());
  }
}
