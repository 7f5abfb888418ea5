package org.pdnn.evaluation;

import org.pdnn.names.Limits;

/// Quantiles of Student's t distribution for two-sided 95 % intervals: P(|t| < q) = 0.95.
final class StudentT {
  /// By degrees of freedom, 1 to 30 (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2).
  private static final double[] TABLE = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, //
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, //
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
  };

  /// The normal quantile, 4 % below the true one at 31 degrees of freedom and less beyond.
  private static final double NORMAL = 1.960;

  private StudentT() {}

  static double quantile(int degreesOfFreedom) {
    Limits.atLeast("degrees of freedom", 1, degreesOfFreedom);
    return degreesOfFreedom <= TABLE.length ? TABLE[degreesOfFreedom - 1] : NORMAL;
  }
}
