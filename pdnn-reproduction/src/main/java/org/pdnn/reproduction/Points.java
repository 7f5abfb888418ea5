package org.pdnn.reproduction;

import org.pdnn.evaluation.PairedDifference;
import org.pdnn.experiment.RetrofitResult;
import org.pdnn.experiment.RetrofitResult.ComparedPoint;
import org.pdnn.report.Series;
import org.pdnn.sweep.Fields;

/// Curves of changed networks, in percent for charts and verdicts.
final class Points {
  private static final double PERCENT = 100;

  private Points() {}

  static Series.Line accuracy(String name, Fields recipe, RetrofitResult result) {
    NoiseSeeds seeds = seeds(recipe);
    return Series.line(
        name, result.curve().stream().map(ComparedPoint::point).map(seeds::accuracy).toList());
  }

  static NoiseSeeds seeds(Fields recipe) {
    return new NoiseSeeds(recipe.integer("seeds"));
  }

  static double percent(double share) {
    return PERCENT * share;
  }

  /// A paired difference as something that must hold, for other images and other noise.
  static Ordering ordering(String place, String statement, PairedDifference paired) {
    return new Ordering(
        place,
        statement,
        percent(paired.overInputs().value()),
        percent(paired.overInputs().low()),
        percent(paired.overInputs().high()),
        "points");
  }
}
