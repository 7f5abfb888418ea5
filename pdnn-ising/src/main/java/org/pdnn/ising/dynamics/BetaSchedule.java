package org.pdnn.ising.dynamics;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Triples;
import org.pdnn.names.Limits;

/// The inverse temperature beta of each sweep.
public final class BetaSchedule {
  /// The greatest beta of a model's schedule: for couplings near 0.
  private static final double GREATEST = 1e100;

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
      throw new IllegalArgumentException(
          "a geometric schedule needs a beta above 0, got 0; take another, or a linear schedule");
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

  /// A schedule for a model: from the beta at which the spin of the greatest input still is up with
  /// odds of at most 2 to 1, to that at which the weakest input holds a spin with odds of 100 to 1.
  /// A spin's weakest input is taken to be its least coupling, or a 64th of the root of its
  /// couplings' squares where that is more: of many unequal couplings the least alone decides
  /// nothing. Of spins' weakest inputs it is the mean.
  public static BetaSchedule forModel(IsingModel model, Form form, int sweeps) {
    double most = 0;
    double least = 0;
    int coupled = 0;
    for (int spin = 0; spin < model.size(); spin++) {
      most = Math.max(most, model.mostInput(spin));
      double[] terms = terms(model, spin);
      if (terms.length > 0) {
        least += weakestInput(terms);
        coupled++;
      }
    }
    return coupled == 0
        ? of(form, 1, 1, sweeps)
        : of(
            form,
            Math.log(2) / 2 / most,
            Math.min(GREATEST, Math.log(100) / 2 / (least / coupled)),
            sweeps);
  }

  private static double weakestInput(double[] terms) {
    double least = Double.POSITIVE_INFINITY;
    double length = 0;
    for (double term : terms) {
      least = Math.min(least, Math.abs(term));
      length = Math.hypot(length, term);
    }
    return Math.max(least, length / 64);
  }

  /// A spin's field and couplings but those of 0.
  private static double[] terms(IsingModel model, int spin) {
    DoubleStream pairs =
        IntStream.range(0, model.degree(spin)).mapToDouble(k -> model.coupling(spin, k));
    Triples triples = model.triples();
    DoubleStream others =
        IntStream.range(triples.start(spin), triples.start(spin + 1))
            .mapToDouble(triples::coupling);
    return DoubleStream.concat(
            DoubleStream.of(model.field(spin)), DoubleStream.concat(pairs, others))
        .filter(term -> term != 0)
        .toArray();
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
