package org.pdnn.evaluation;

/// A measured value with the bounds of its 95 % interval.
public record Estimate(double value, double low, double high) {
  public Estimate {
    if (!Double.isFinite(low) || !Double.isFinite(high) || !(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          "an estimate must be finite and lie within its bounds, got %s in [%s, %s]"
              .formatted(value, low, high));
    }
  }

  /// A value without noise.
  public static Estimate exact(double value) {
    return new Estimate(value, value, value);
  }

  /// The mean of repetitions, with bounds by Student's t: mean ± t s / sqrt(R), s^2 the unbiased
  /// variance. The noise is that of the repetitions alone, here of the noise seeds on the same
  /// images; it says nothing of other images. A single repetition shows no noise: its bounds equal
  /// its value.
  public static Estimate over(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values must be at least 1, got 0");
    }
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    if (values.length == 1) {
      return exact(mean);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    int degreesOfFreedom = values.length - 1;
    double error = Math.sqrt(squares / degreesOfFreedom / values.length);
    double half = StudentT.quantile(degreesOfFreedom) * error;
    return new Estimate(mean, mean - half, mean + half);
  }

  /// The same estimate with everything cut to the range that its measure has.
  Estimate within(double least, double most) {
    return new Estimate(
        Math.clamp(value, least, most),
        Math.clamp(low, least, most),
        Math.clamp(high, least, most));
  }
}
