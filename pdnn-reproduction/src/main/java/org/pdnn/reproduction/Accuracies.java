package org.pdnn.reproduction;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pdnn.experiment.Comparison;
import org.pdnn.experiment.CurveResult;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.sweep.Findings;

/// Measured curves among findings, looked up by what was measured.
final class Accuracies {
  private final Findings findings;

  Accuracies(Findings findings) {
    this.findings = findings;
  }

  /// What was measured, and the points.
  record Measured(CurveRecipe recipe, CurveResult result) {
    /// Accuracy at T in percent, with its interval over noise seeds.
    Optional<Point> at(int samples) {
      return points().stream().filter(point -> point.x() == samples).findFirst();
    }

    /// Accuracy in percent against T.
    List<Point> points() {
      return result.curve().stream().map(recipe.seeds()::accuracy).toList();
    }

    /// Accuracy of the deterministic network in percent.
    double exact() {
      return 100 * result.deterministic().accuracy().value();
    }

    Series.Line series(String name) {
      return Series.line(name, points());
    }
  }

  /// The curves that fit, in the order in which they were found.
  List<Measured> all(Predicate<CurveRecipe> fits) {
    return findings.of(MeasuredCurve.KIND).stream()
        .map(found -> new Measured(new CurveRecipe(found.recipe()), found.result()))
        .filter(curve -> fits.test(curve.recipe()))
        .toList();
  }

  Optional<Measured> first(Predicate<CurveRecipe> fits) {
    return all(fits).stream().findFirst();
  }

  /// The compared pairs as orderings, in points of accuracy.
  List<Ordering> orderings(String place) {
    return findings.of(Comparison.KIND).stream()
        .map(found -> ComparedPair.of(found.recipe()).ordering(place, found.result()))
        .toList();
  }
}
