package org.pdnn.ising.dynamics;

import org.pdnn.names.Limits;

/// The inverse temperature beta of each sweep.
public final class BetaSchedule {
  /// How beta goes from its first to its last value.
  public enum Form {
    /// By equal steps.
    LINEAR,
    /// By equal factors.
    GEOMETRIC
  }

  private final double[] betas;

  private BetaSchedule(double[] betas) {
    this.betas = betas;
  }

  /// One beta for all sweeps.
  public static BetaSchedule constant(double beta, int sweeps) {
    return of(Form.LINEAR, beta, beta, sweeps);
  }

  /// From one beta to another.
  ///
  /// @param from of the first sweep, at least 0; above 0 if geometric
  /// @param to of the last sweep, likewise
  /// @param sweeps at least 1
  public static BetaSchedule of(Form form, double from, double to, int sweeps) {
    Limits.atLeast("sweeps", 1, sweeps);
    requireBeta(from);
    requireBeta(to);
    if (form == Form.GEOMETRIC && (from == 0 || to == 0)) {
      throw new IllegalArgumentException("a geometric schedule needs a beta above 0, got 0");
    }
    double[] betas = new double[sweeps];
    for (int sweep = 0; sweep < sweeps; sweep++) {
      double share = sweeps == 1 ? 1 : sweep / (sweeps - 1.0);
      betas[sweep] =
          switch (form) {
            case LINEAR -> from + share * (to - from);
            case GEOMETRIC -> from * StrictMath.pow(to / from, share);
          };
    }
    return new BetaSchedule(betas);
  }

  /// Betas of one's own, one for each sweep.
  public static BetaSchedule custom(double... betas) {
    if (betas.length == 0) {
      throw new IllegalArgumentException("a schedule needs at least 1 beta, got none");
    }
    for (double beta : betas) {
      requireBeta(beta);
    }
    return new BetaSchedule(betas.clone());
  }

  static void requireBeta(double beta) {
    if (!(beta >= 0) || Double.isInfinite(beta)) {
      throw new IllegalArgumentException("beta must be finite and at least 0, got " + beta);
    }
  }

  /// Number of sweeps.
  public int sweeps() {
    return betas.length;
  }

  /// The beta of a sweep.
  public double beta(int sweep) {
    return betas[sweep];
  }
}
