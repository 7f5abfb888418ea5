package org.pdnn.ising.certificate;

/// The ferromagnet of the square lattice without end (J = 1), as L. Onsager (Phys. Rev. 65, 1944)
/// and C. N. Yang (Phys. Rev. 85, 1952) solved it.
public final class Onsager {
  /// The critical beta, ln(1 + sqrt(2)) / 2: below it there is no order.
  public static final double CRITICAL = 0.44068679350977147;

  private Onsager() {}

  /// The magnetisation of a spin: (1 - sinh(2 beta)^-4)^(1/8), 0 up to the critical beta.
  public static double magnetisation(double beta) {
    return beta <= CRITICAL ? 0 : Math.pow(1 - Math.pow(Math.sinh(2 * beta), -4), 1.0 / 8);
  }

  /// The energy of a spin: -coth(2 beta) (1 + 2/pi (2 tanh(2 beta)^2 - 1) K(k)), K the complete
  /// elliptic integral with k = 2 sinh(2 beta) / cosh(2 beta)^2.
  public static double energy(double beta) {
    double tanh = Math.tanh(2 * beta);
    double factor = 2 * tanh * tanh - 1;
    // K(k) = pi / (2 agm(1, sqrt(1 - k^2))), and 1 - k^2 = factor^2.
    double integral = factor == 0 ? 0 : factor / meanOfMeans(1, Math.abs(factor));
    return -(1 + integral) / tanh;
  }

  /// The arithmetic-geometric mean.
  private static double meanOfMeans(double a, double b) {
    double upper = a;
    double lower = b;
    while (upper - lower > 1e-15 * upper) {
      double mean = (upper + lower) / 2;
      lower = Math.sqrt(upper * lower);
      upper = mean;
    }
    return upper;
  }
}
