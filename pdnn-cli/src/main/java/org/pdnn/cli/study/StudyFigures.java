package org.pdnn.cli.study;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// The figures of a study's report, and the findings that its sentences are about.
///
/// @param findings at least one scrambled p-DNN and the twins of 32, 3 and 1 bits
record StudyFigures(Study study, Technology technology, List<Finding> findings) {
  private static final String ENERGY = "Energy per inference";

  /// In the order of the report.
  List<Figure> all() {
    return List.of(
        accuracyAgainstSamples(), energyAgainstSamples(), accuracyAgainstEnergy(), samplesWorth());
  }

  private Figure accuracyAgainstSamples() {
    List<Series> series = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.contestant().probabilistic()) {
        series.add(curve(finding, point -> point.samples(), false));
      } else {
        Estimate accuracy = finding.curve().points().getFirst().accuracy();
        series.add(Series.reference(finding.contestant().name(), 100 * accuracy.value()));
      }
    }
    return new Figure(
        "accuracy-against-samples",
        "Accuracy against samples",
        "Test accuracy of the average of T passes, one colour per network. Solid: scrambled"
            + " samples. Dashed: independent samples. Horizontal lines: the deterministic twins."
            + " Bands are 95 % intervals over noise seeds on the same images.",
        samplesAxis(),
        Axis.linear("Accuracy", "%"),
        series);
  }

  private Figure energyAgainstSamples() {
    List<Series> series = new ArrayList<>();
    Network pdnn = best().network();
    for (Convention convention : List.of(Convention.STRICT, Convention.PAPER)) {
      EnergyModel model = new EnergyModel(technology, convention);
      Series.Line line =
          Series.line(
                  "p-DNN, " + convention,
                  study.samples().stream()
                      .map(t -> Point.of(t, nanojoules(model, pdnn, t)))
                      .toList())
              .of(best().contestant().name());
      series.add(convention.equals(Convention.STRICT) ? line : line.in(Series.Stroke.DASHED));
    }
    EnergyModel model = new EnergyModel(technology, Convention.STRICT);
    for (int bits : new int[] {32, 3, 1}) {
      Finding twin = twin(bits);
      series.add(Series.reference(twin.contestant().name(), nanojoules(model, twin.network(), 1)));
    }
    return new Figure(
        "energy-against-samples",
        "Energy against samples",
        ("Predicted energy of one inference on %s (equation 4). Weights are read once for all"
                + " samples. Solid, convention strict: a first layer that reads real numbers"
                + " multiplies, once for all samples. Dashed, convention paper: every layer adds in"
                + " every sample.")
            .formatted(technology),
        samplesAxis(),
        Axis.log10(ENERGY, "nJ"),
        series);
  }

  private Figure accuracyAgainstEnergy() {
    EnergyModel model = new EnergyModel(technology, Convention.STRICT);
    List<Series> series = new ArrayList<>();
    for (Finding finding : findings) {
      if (finding.contestant().probabilistic()) {
        if (finding.scheme() == Scheme.SCRAMBLED) {
          series.add(curve(finding, p -> nanojoules(model, finding.network(), p.samples()), true));
        }
      } else {
        Estimate accuracy = finding.curve().points().getFirst().accuracy();
        double energy = nanojoules(model, finding.network(), 1);
        series.add(
            Series.markers(
                finding.contestant().name(), List.of(Point.of(energy, 100 * accuracy.value()))));
      }
    }
    return new Figure(
        "accuracy-against-energy",
        "Accuracy against energy",
        "The two figures above together, on %s. Up and to the left is better."
            .formatted(technology),
        Axis.log10(ENERGY, "nJ"),
        Axis.linear("Accuracy", "%"),
        series);
  }

  private Figure samplesWorth() {
    List<Series> series = new ArrayList<>();
    for (Finding finding : findings) {
      if (!finding.contestant().probabilistic()) {
        continue;
      }
      List<Point> points = new ArrayList<>();
      for (CurvePoint point : finding.curve().points()) {
        point
            .equivalentSamples()
            .ifPresent(worth ->
                points.add(
                    Point.of(point.samples(), worth.value()).between(worth.low(), worth.high())));
      }
      series.add(line(finding, points));
    }
    return new Figure(
        "equivalent-samples",
        "What T samples are worth",
        "N_eq: how many independent passes have the logit variance of the T passes' average. Solid:"
            + " scrambled samples. Dashed: independent samples, which are worth T by definition."
            + " Bands are 95 % intervals over images.",
        samplesAxis(),
        Axis.log2("N_eq", ""),
        series);
  }

  private Series curve(Finding finding, ToDoubleFunction<CurvePoint> x, boolean labelled) {
    List<Point> points = new ArrayList<>();
    for (CurvePoint point : finding.curve().points()) {
      Estimate accuracy = point.accuracy();
      Point drawn =
          Point.of(x.applyAsDouble(point), 100 * accuracy.value())
              .between(100 * accuracy.low(), 100 * accuracy.high());
      points.add(labelled ? drawn.labelled("T=" + point.samples()) : drawn);
    }
    return line(finding, points);
  }

  private static Series line(Finding finding, List<Point> points) {
    String network = finding.contestant().name();
    return finding.scheme() == Scheme.SCRAMBLED
        ? Series.line(network, points)
        : Series.line(network + ", " + finding.scheme(), points)
            .of(network)
            .in(Series.Stroke.DASHED);
  }

  private Axis samplesAxis() {
    return Axis.log2("Samples T", "")
        .withTicks(
            study.samples().stream()
                .filter(t -> Integer.bitCount(t) == 1)
                .mapToDouble(Integer::doubleValue)
                .toArray());
  }

  /// The scrambled p-DNN trained with the most samples.
  Finding best() {
    return findings.stream()
        .filter(f -> f.contestant().probabilistic() && f.scheme() == Scheme.SCRAMBLED)
        .reduce((a, b) -> b.contestant().samples() > a.contestant().samples() ? b : a)
        .orElseThrow(() -> new IllegalStateException("a study has a p-DNN"));
  }

  Finding twin(int bits) {
    return findings.stream()
        .filter(f -> !f.contestant().probabilistic() && f.contestant().neuron().bits() == bits)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a study has a %d-bit twin".formatted(bits)));
  }

  static double nanojoules(EnergyModel model, Network network, int samples) {
    Joules total = model.energy(network, samples).total();
    return total.nanojoules();
  }
}
