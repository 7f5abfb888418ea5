package org.pdnn.cli.study;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The figures of a study against T.
record StudyFigures(Study study, List<StudyCurve> curves) {
  private Axis samples() {
    return Axis.log2("Samples T", "")
        .withTicks(
            study.budget().samples().stream()
                .filter(t -> Integer.bitCount(t) == 1)
                .mapToDouble(Integer::doubleValue)
                .toArray());
  }

  Figure accuracyAgainstSamples() {
    List<Series> series = new ArrayList<>();
    for (StudyCurve curve : curves) {
      if (curve.probabilistic()) {
        series.add(curve.line(curve.accuracies(point -> point.samples())));
      } else if (curve.run() == 0) {
        double accuracy = curve.points().getFirst().accuracy().value();
        series.add(Series.reference(curve.name(), 100 * accuracy));
      }
    }
    return new Figure(
        "accuracy-against-samples",
        "Accuracy against samples",
        "Test accuracy of the average of T passes, one colour per network, one line per training"
            + " run. Solid: scrambled samples. Dashed: independent samples. Horizontal lines: the"
            + " deterministic networks of the first run. Bands are 95 % intervals over noise seeds"
            + " on the same images.",
        samples(),
        Axis.linear("Accuracy", "%"),
        series);
  }

  Figure samplesWorth() {
    List<Series> series = new ArrayList<>();
    for (StudyCurve curve : curves) {
      if (curve.probabilistic() && curve.run() == 0) {
        List<Point> points = new ArrayList<>();
        curve
            .points()
            .forEach(point ->
                point
                    .equivalentSamples()
                    .ifPresent(worth ->
                        points.add(
                            Point.of(point.samples(), worth.value())
                                .between(worth.low(), worth.high()))));
        series.add(curve.line(points));
      }
    }
    return new Figure(
        "equivalent-samples",
        "What T samples are worth",
        "N_eq: how many independent passes have the logit variance of the T passes' average. Solid:"
            + " scrambled samples. Dashed: independent samples, which are worth T by definition."
            + " Bands are 95 % intervals over images; first training run.",
        samples(),
        Axis.log2("N_eq", ""),
        series);
  }
}
