package org.pdnn.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Environment;
import org.pdnn.evaluation.Estimate;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Figure;
import org.pdnn.report.Picture;
import org.pdnn.report.Pictures;
import org.pdnn.report.Point;
import org.pdnn.report.Prose;
import org.pdnn.report.Report;
import org.pdnn.report.Section;
import org.pdnn.report.Series;
import org.pdnn.report.Table;

/// Turns the findings of a study into its report.
final class StudyReport {
  private static final String ENERGY = "Energy per inference";
  private static final double CLOSE = 0.003;

  private final Study study;
  private final DataSet data;
  private final String network;
  private final long seed;
  private final Technology technology;
  private final List<Finding> findings;

  StudyReport(
      Study study,
      DataSet data,
      String network,
      long seed,
      Technology technology,
      List<Finding> findings) {
    this.study = study;
    this.data = data;
    this.network = network;
    this.seed = seed;
    this.technology = technology;
    this.findings = findings;
  }

  Report build() {
    List<Section> sections = new ArrayList<>();
    sections.add(method());
    sections.add(accuracyAgainstSamples());
    sections.add(energyAgainstSamples());
    sections.add(accuracyAgainstEnergy());
    sections.add(samplesWorth());
    sections.add(table());
    sections.add(pictures());
    sections.add(energyProse());
    return new Report(
        "%s on %s: more samples or more bits?".formatted(network, data.name()),
        verdict(),
        sections,
        provenance());
  }

  /// The study's answer in one sentence. Samples win if some T brings the best p-DNN within 0.3
  /// points of the 32-bit twin for no more energy than the 3-bit twin takes, by the convention
  /// `strict`.
  String verdict() {
    Finding best = best();
    Finding full = twin(32);
    Finding three = twin(3);
    EnergyModel model = new EnergyModel(technology, Convention.STRICT);
    Optional<CurvePoint> reached =
        best.curve().points().stream()
            .filter(point -> point.accuracy().value() >= accuracy(full) - CLOSE)
            .findFirst();
    CurvePoint point = reached.orElse(best.curve().points().getLast());
    double energy = nanojoules(model, best.network(), point.samples());
    double bits = nanojoules(model, three.network(), 1);
    return "%s: %d samples of the %s bring %.1f %% for %,.0f nJ; 3 bits bring %.1f %% for %,.0f nJ, 32 bits %.1f %% for %,.0f nJ (%s)."
        .formatted(
            reached.isPresent() && energy <= bits ? "More samples" : "More bits",
            point.samples(),
            best.contestant().name(),
            100 * point.accuracy().value(),
            energy,
            100 * accuracy(three),
            bits,
            100 * accuracy(full),
            nanojoules(model, full.network(), 1),
            technology);
  }

  private Prose method() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        ("A p-DNN's hidden neurons give one random bit each; the outputs of T passes are averaged."
                + " Trained here: %d networks (%s), %d epochs on %,d images of %s; tested on %,d"
                + " others with %d noise seeds. s is the number of passes averaged in training.")
            .formatted(
                study.contestants().size(),
                network,
                study.epochs(),
                data.training().count(),
                data.name(),
                data.test().count(),
                study.seeds()));
    paragraphs.add(
        "Solid lines: scrambled samples, in which two random words per neuron and input serve all"
            + " passes. Dashed: independent samples, as in the paper (Ghantasala et al., npj"
            + " Unconventional Computing 3:18, 2026).");
    if (!data.note().isEmpty()) {
      paragraphs.add(data.note());
    }
    return new Prose("What was measured", paragraphs);
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
        "Test accuracy of the average of T passes; bands are 95 % intervals over noise seeds on the"
            + " same images. Horizontal lines: the deterministic twins.",
        samplesAxis(),
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
        "N_eq: how many independent passes have the logit variance of the T passes' average; bands"
            + " are 95 % intervals over images. Independent samples are worth T by definition.",
        samplesAxis(),
        Axis.log2("N_eq", ""),
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
              study.samples().stream().map(t -> Point.of(t, nanojoules(model, pdnn, t))).toList());
      series.add(convention.equals(Convention.STRICT) ? line : line.withDashes());
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
                + " samples. Strict: a first layer that reads real numbers multiplies, once for all"
                + " samples; paper: every layer adds in every sample.")
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

  private Table table() {
    List<Table.Column> columns = new ArrayList<>();
    columns.add(new Table.Column("Network", ""));
    columns.add(new Table.Column("Samples", ""));
    columns.add(new Table.Column("T", ""));
    columns.add(new Table.Column("Accuracy", "%"));
    columns.add(new Table.Column("NLL", "nats"));
    columns.add(new Table.Column("ECE", "%"));
    columns.add(new Table.Column("N_eq", ""));
    columns.add(new Table.Column("Energy, strict", "nJ"));
    columns.add(new Table.Column("Energy, paper", "nJ"));
    EnergyModel strict = new EnergyModel(technology, Convention.STRICT);
    EnergyModel paper = new EnergyModel(technology, Convention.PAPER);
    List<List<Cell>> rows = new ArrayList<>();
    for (Finding finding : findings) {
      for (CurvePoint point : finding.curve().points()) {
        rows.add(
            List.of(
                Cell.text(finding.contestant().name()),
                Cell.text(finding.samplesScheme()),
                Cell.number(point.samples()),
                Cell.number(100 * point.accuracy().value(), "%.2f"),
                Cell.number(point.negativeLogLikelihood().value(), "%.4f"),
                Cell.number(100 * point.expectedCalibrationError().value(), "%.2f"),
                point
                    .equivalentSamples()
                    .map(worth -> Cell.number(worth.value(), "%.1f"))
                    .orElse(Cell.text("–")),
                Cell.number(nanojoules(strict, finding.network(), point.samples()), "%,.0f"),
                Cell.number(nanojoules(paper, finding.network(), point.samples()), "%,.0f")));
      }
    }
    return new Table("all-points", "All points", "Energy on " + technology + ".", columns, rows);
  }

  private Pictures pictures() {
    Images images = data.test();
    int channels = images.shape().dimension(0);
    int height = images.shape().dimension(1);
    int width = images.shape().dimension(2);
    float[] values = new float[images.shape().size()];
    List<Picture> pictures = new ArrayList<>();
    for (int index = 0; index < Math.min(12, images.count()); index++) {
      images.read(index, values, 0);
      byte[] bytes = new byte[values.length];
      for (int i = 0; i < values.length; i++) {
        // Planes one after the other become pixels one after the other.
        int at = i % (height * width) * channels + i / (height * width);
        bytes[at] = (byte) Math.round(255 * values[i]);
      }
      String caption = String.valueOf(images.label(index));
      pictures.add(
          channels == 1
              ? Picture.grey(width, height, bytes, caption)
              : Picture.rgb(width, height, bytes, caption));
    }
    return new Pictures(
        "test-images",
        "Test images",
        "The first images of the test set, with their class.",
        pictures);
  }

  private Prose energyProse() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add("Energies are predictions by equation 4 of the paper; nothing was metered.");
    for (Convention convention : List.of(Convention.STRICT, Convention.PAPER)) {
      paragraphs.add(
          "Convention %s: %s.".formatted(convention, String.join("; ", convention.assumptions())));
    }
    return new Prose("How energy is counted", paragraphs);
  }

  private SequencedMap<String, String> provenance() {
    Environment here = Environment.here();
    SequencedMap<String, String> provenance = new LinkedHashMap<>();
    provenance.put("data", data.name());
    provenance.put("test images, SHA-256", data.test().sha256());
    provenance.put("network", network);
    provenance.put("seed", String.valueOf(seed));
    provenance.put("epochs", String.valueOf(study.epochs()));
    provenance.put("noise seeds", String.valueOf(study.seeds()));
    provenance.put("version", here.version());
    provenance.put("JDK", here.jdk());
    provenance.put("processor", here.cpu());
    provenance.put("measured", String.valueOf(findings.getFirst().result().provenance().time()));
    return provenance;
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
    return finding.scheme() == Scheme.SCRAMBLED
        ? Series.line(finding.contestant().name(), points)
        : Series.line(finding.contestant().name() + ", " + finding.scheme(), points).withDashes();
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
  private Finding best() {
    return findings.stream()
        .filter(f -> f.contestant().probabilistic() && f.scheme() == Scheme.SCRAMBLED)
        .reduce((a, b) -> b.contestant().samples() > a.contestant().samples() ? b : a)
        .orElseThrow(() -> new IllegalStateException("a study has a p-DNN"));
  }

  private Finding twin(int bits) {
    return findings.stream()
        .filter(f -> !f.contestant().probabilistic() && f.contestant().neuron().bits() == bits)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a study has a %d-bit twin".formatted(bits)));
  }

  private static double accuracy(Finding finding) {
    return finding.curve().points().getFirst().accuracy().value();
  }

  private static double nanojoules(EnergyModel model, Network network, int samples) {
    Joules total = model.breakdown(network).at(samples).total();
    return total.nanojoules();
  }
}
