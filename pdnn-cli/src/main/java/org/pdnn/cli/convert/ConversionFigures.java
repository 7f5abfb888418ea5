package org.pdnn.cli.convert;

import java.util.List;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.random.Scheme;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The chart of a conversion.
final class ConversionFigures {
  private ConversionFigures() {}

  /// Against samples, if anything is random.
  static List<Figure> of(Compared compared) {
    return compared.curve(Scheme.SCRAMBLED).isEmpty() ? List.of() : List.of(accuracy(compared));
  }

  /// Noise seeds of what draws anything; the converted network is measured last.
  static int seeds(Compared compared) {
    return compared.rows().getLast().trial().runs().getFirst().seeds();
  }

  private static Figure accuracy(Compared compared) {
    return new Figure(
        "accuracy-against-samples",
        "Accuracy against samples",
        "Accuracy on %,d test images, all networks %s. Solid: scrambled samples. Dashed: independent samples. The horizontal line is the original network. Bands: %s over noise seeds."
            .formatted(
                compared.original().trial().runs().getFirst().inputs(),
                compared.arithmetic(),
                seeds(compared) < Estimate.FEWEST_REPETITIONS ? "range" : "95 % intervals"),
        Axis.log2("Samples T", ""),
        Axis.linear("Accuracy", "%"),
        List.of(
            line("p-DNN, scrambled", compared.curve(Scheme.SCRAMBLED)),
            line("p-DNN, independent", compared.curve(Scheme.INDEPENDENT)).in(Series.Stroke.DASHED),
            Series.reference("original", 100 * compared.original().point().accuracy().value())));
  }

  private static Series.Line line(String name, List<CurvePoint> curve) {
    return Series.line(
            name,
            curve.stream()
                .map(point ->
                    Point.of(point.samples(), 100 * point.accuracy().value())
                        .between(100 * point.accuracy().low(), 100 * point.accuracy().high()))
                .toList())
        .of("p-DNN");
  }
}
