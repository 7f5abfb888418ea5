package org.pdnn.network;

/// The normal distribution function from additions, multiplications and [Exponential] alone, so
/// that it has the same bits on every machine.
final class ErrorFunction {
  private ErrorFunction() {}

  /// Phi(x) = (1 + erf(x / sqrt(2))) / 2 within 8e-8: M. Abramowitz, I. A. Stegun, "Handbook of
  /// mathematical functions", 1964, equation 7.1.26.
  static double normal(double x) {
    double z = Math.abs(x) * 0.7071067811865476;
    double t = 1 / (1 + 0.3275911 * z);
    double p = 1.061405429;
    p = p * t - 1.453152027;
    p = p * t + 1.421413741;
    p = p * t - 0.284496736;
    p = p * t + 0.254829592;
    double tail = p * t * Exponential.exp(-z * z) / 2;
    return x >= 0 ? 1 - tail : tail;
  }
}
