package org.pdnn.reproduction;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.experiment.CurveResult;
import org.pdnn.report.Series;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Kind;

/// A classifier measured against T.
///
/// @param deterministic accuracy of its deterministic twin, a share
record Measured(Run run, List<CurvePoint> curve, double deterministic) {
  /// All of a kind, in the order of the cells.
  static List<Measured> all(Findings findings, Kind<CurveResult> kind) {
    return findings.of(kind).stream()
        .map(found ->
            new Measured(
                new Run(found.recipe()),
                found.result().curve(),
                found.result().deterministic().accuracy().value()))
        .toList();
  }

  static List<Measured> all(List<Measured> curves, Predicate<Run> fits) {
    return curves.stream().filter(curve -> fits.test(curve.run())).toList();
  }

  static Optional<Measured> first(List<Measured> curves, Predicate<Run> fits) {
    return all(curves, fits).stream().findFirst();
  }

  Curve accuracies() {
    return Curve.accuracies(run.seeds(), curve);
  }

  Curve equivalentSamples() {
    return Curve.equivalentSamples(curve);
  }

  Series.Line line(String name) {
    return accuracies().line(name);
  }

  /// The deterministic twin across a chart.
  Series.Reference reference(String name) {
    return Series.reference(name, 100 * deterministic);
  }
}
