package org.pdnn.sampling;

/// The upper tail of Student's t for any real number of degrees of freedom of at least 1.
///
/// With t = sqrt(nu) tan(x), x has the density cos(x)^(nu - 1) on (-pi/2, pi/2), up to a factor
/// that the same integral gives; both are sums by Simpson's rule.
final class StudentTail {
  private static final int INTERVALS = 1000;

  private StudentTail() {}

  /// The probability that a t of at least 0 is exceeded.
  static double probability(double t, double freedom) {
    return integral(StrictMath.atan(t / Math.sqrt(freedom)), freedom) / (2 * integral(0, freedom));
  }

  /// The t that is exceeded with a probability.
  ///
  /// @param probability above 0 and at most 0.5
  static double quantile(double probability, double freedom) {
    double wanted = probability * 2 * integral(0, freedom);
    double low = 0;
    double high = Math.PI / 2;
    for (int step = 0; step < 40; step++) {
      double middle = (low + high) / 2;
      if (integral(middle, freedom) > wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(freedom) * StrictMath.tan(high);
  }

  /// The integral of cos(x)^(nu - 1) from an angle to pi/2.
  private static double integral(double from, double freedom) {
    double width = (Math.PI / 2 - from) / INTERVALS;
    double sum = 0;
    for (int i = 0; i <= INTERVALS; i++) {
      int weight = i == 0 || i == INTERVALS ? 1 : 2 + 2 * (i % 2);
      // cos(x) = sin(pi/2 - x), which keeps its digits near the end.
      double cosine = StrictMath.sin((INTERVALS - i) * width);
      sum += weight * StrictMath.pow(cosine, freedom - 1);
    }
    return sum * width / 3;
  }
}
