package org.pdnn.benchmark;

import java.util.Arrays;

/// The middle of some measurements and how far they spread.
///
/// @param lower a quarter of them are below it
/// @param upper a quarter of them are above it
public record Quartiles(double lower, double median, double upper) {
  /// The quartiles of at least one value, between neighbours in proportion.
  public static Quartiles of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  /// The same in another unit.
  Quartiles dividedBy(double unit) {
    return new Quartiles(lower / unit, median / unit, upper / unit);
  }

  private static double at(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
