package org.pdnn.cli.convert;

import java.util.List;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The charts of a conversion: accuracy and energy gain against samples.
final class ConversionFigures {
  private ConversionFigures() {}

  static List<Figure> of(ConversionCurves measured) {
    return List.of(accuracy(measured), gain(measured.compared()));
  }

  private static Figure accuracy(ConversionCurves measured) {
    return new Figure(
        "accuracy-against-samples",
        "Accuracy against samples",
        "Accuracy on %,d test images, %s. Solid: scrambled samples. Dashed: independent samples. The horizontal line is the original network. Bands: %s over noise seeds."
            .formatted(
                measured.test().count(),
                measured.compared().arithmetic(),
                bands(measured.compared().scrambled().points().getFirst().seeds())),
        Axis.log2("Samples T", ""),
        Axis.linear("Accuracy", "%"),
        List.of(
            line("p-DNN, scrambled", measured.compared().scrambled().curve()),
            line("p-DNN, independent", measured.independent()).in(Series.Stroke.DASHED),
            Series.reference(
                "original",
                100 * measured.compared().original().curve().deterministic().accuracy().value())));
  }

  private static String bands(int seeds) {
    return seeds < Estimate.FEWEST_REPETITIONS ? "range" : "95 % intervals";
  }

  private static Series.Line line(String name, Curve curve) {
    return Series.line(
            name,
            curve.points().stream()
                .map(point ->
                    Point.of(point.samples(), 100 * point.accuracy().value())
                        .between(100 * point.accuracy().low(), 100 * point.accuracy().high()))
                .toList())
        .of("p-DNN");
  }

  private static Figure gain(Compared compared) {
    List<Point> points =
        compared.scrambled().curve().points().stream()
            .map(CurvePoint::samples)
            .map(samples -> Point.of(samples, compared.energy(samples).gain()))
            .toList();
    return new Figure(
        "gain",
        "Energy gain",
        "How many times as much the deterministic twin with weights of as many bits takes, on %s."
            .formatted(compared.energy().technology().name()),
        Axis.log2("Samples T", ""),
        Axis.linear("Gain", ""),
        List.of(Series.line("p-DNN", points), Series.reference("even", 1)));
  }
}
