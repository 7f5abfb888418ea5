package org.pdnn.evaluation;

import java.util.function.DoubleUnaryOperator;

/// A function of the ratio of two sums over images, with the half of its 95 % interval.
///
/// The delete-a-group jackknife over 20 groups: image i belongs to group i mod 20, and each image's
/// noise is independent of the others'. The spread of the twenty values, each without a group, and
/// Student's t at 19 degrees of freedom give the interval. Not finite where a ratio is not.
record Jackknife(double value, double half) {
  private static final int GROUPS = 20;

  /// f(sum of the numerators / sum of the denominators).
  ///
  /// @param numerators by image, at least two
  /// @param denominators by image
  static Jackknife of(double[] numerators, double[] denominators, DoubleUnaryOperator f) {
    int groups = Math.min(GROUPS, numerators.length);
    double[] without = new double[groups];
    double mean = 0;
    for (int group = 0; group < groups; group++) {
      without[group] = f.applyAsDouble(ratio(numerators, denominators, group, groups));
      mean += without[group] / groups;
    }
    double squares = 0;
    for (double value : without) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares * (groups - 1) / groups);
    return new Jackknife(
        f.applyAsDouble(ratio(numerators, denominators, -1, groups)),
        StudentT.quantile(groups - 1) * error);
  }

  /// The ratio itself, with its interval.
  static Estimate ratio(double[] numerators, double[] denominators) {
    Jackknife ratio = of(numerators, denominators, value -> value);
    return new Estimate(ratio.value, ratio.value - ratio.half, ratio.value + ratio.half);
  }

  /// The ratio from all images but those of one group.
  private static double ratio(double[] numerators, double[] denominators, int left, int groups) {
    double numerator = 0;
    double denominator = 0;
    for (int image = 0; image < numerators.length; image++) {
      if (image % groups != left) {
        numerator += numerators[image];
        denominator += denominators[image];
      }
    }
    return numerator / denominator;
  }
}
