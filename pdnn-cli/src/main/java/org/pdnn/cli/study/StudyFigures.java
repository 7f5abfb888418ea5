package org.pdnn.cli.study;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Technology;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The figures of a study.
record StudyFigures(Study study, Technology technology, StudyDocument document) {
  private static final String ENERGY = "Energy per inference";
  private static final Axis ACCURACY = Axis.linear("Accuracy", "%");

  /// In the order of the report.
  List<Figure> all() {
    return List.of(
        accuracyAgainstSamples(), energyAgainstSamples(), accuracyAgainstEnergy(), samplesWorth());
  }

  private EnergyModel strict() {
    return new EnergyModel(technology, Convention.STRICT);
  }

  private Axis samples() {
    return Axis.log2("Samples T", "")
        .withTicks(
            study.budget().samples().stream()
                .filter(t -> Integer.bitCount(t) == 1)
                .mapToDouble(Integer::doubleValue)
                .toArray());
  }

  private Figure accuracyAgainstSamples() {
    List<Series> series = new ArrayList<>();
    for (StudyCurve curve : document.curves()) {
      series.add(
          curve.probabilistic()
              ? curve.line(curve.accuracies(point -> point.samples()))
              : Series.reference(curve.name(), 100 * curve.accuracy().value()));
    }
    return new Figure(
        "accuracy-against-samples",
        "Accuracy against samples",
        "Test accuracy of the average of T passes, one colour per network. Solid: scrambled"
            + " samples. Dashed: independent samples. Horizontal lines: the deterministic twins."
            + " Bands are 95 % intervals over noise seeds on the same images.",
        samples(),
        ACCURACY,
        series);
  }

  private Figure energyAgainstSamples() {
    List<Series> series = new ArrayList<>();
    StudyCurve best = document.best();
    for (Convention convention : List.of(Convention.STRICT, Convention.PAPER)) {
      EnergyModel model = new EnergyModel(technology, convention);
      Series.Line line =
          Series.line(
                  "p-DNN, " + convention,
                  study.budget().samples().stream()
                      .map(t -> Point.of(t, best.nanojoules(model, t)))
                      .toList())
              .of(best.name());
      series.add(convention.equals(Convention.STRICT) ? line : line.in(Series.Stroke.DASHED));
    }
    for (int bits : new int[] {32, 3, 1}) {
      StudyCurve twin = document.twin(bits);
      series.add(Series.reference(twin.name(), twin.nanojoules(strict(), 1)));
    }
    return new Figure(
        "energy-against-samples",
        "Energy against samples",
        ("Predicted energy of one inference on %s (equation 4). Weights are read once for all"
                + " samples. Solid, convention strict: a first layer that reads real numbers"
                + " multiplies, once for all samples. Dashed, convention paper: every layer adds in"
                + " every sample.")
            .formatted(technology),
        samples(),
        Axis.log10(ENERGY, "nJ"),
        series);
  }

  private Figure accuracyAgainstEnergy() {
    EnergyModel model = strict();
    List<Series> series = new ArrayList<>();
    for (StudyCurve curve : document.curves()) {
      if (curve.scrambled()) {
        List<Point> points = curve.accuracies(point -> curve.nanojoules(model, point.samples()));
        List<Point> labelled = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
          labelled.add(points.get(i).labelled("T=" + curve.points().get(i).samples()));
        }
        series.add(curve.line(labelled));
      } else if (!curve.probabilistic()) {
        Point point = Point.of(curve.nanojoules(model, 1), 100 * curve.accuracy().value());
        series.add(Series.markers(curve.name(), List.of(point)));
      }
    }
    return new Figure(
        "accuracy-against-energy",
        "Accuracy against energy",
        "The two figures above together, on %s. Up and to the left is better."
            .formatted(technology),
        Axis.log10(ENERGY, "nJ"),
        ACCURACY,
        series);
  }

  private Figure samplesWorth() {
    List<Series> series = new ArrayList<>();
    for (StudyCurve curve : document.curves()) {
      if (curve.probabilistic()) {
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
            + " Bands are 95 % intervals over images.",
        samples(),
        Axis.log2("N_eq", ""),
        series);
  }
}
