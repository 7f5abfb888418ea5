package org.pdnn.cli.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.pdnn.data.DataSet;
import org.pdnn.data.Images;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Confusion;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Environment;
import org.pdnn.names.Counted;
import org.pdnn.random.Scheme;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Picture;
import org.pdnn.report.Pictures;
import org.pdnn.report.Prose;
import org.pdnn.report.Section;
import org.pdnn.report.Table;

/// Turns the findings of a study into its report.
final class StudyReport {
  private static final double CLOSE = 0.003;

  /// Rows of the table of classes, beyond which nobody reads it.
  private static final int MOST_CLASSES = 100;

  private final Study study;
  private final DataSet data;
  private final String network;
  private final long seed;
  private final Technology technology;
  private final List<Finding> findings;
  private final StudyFigures figures;

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
    this.figures = new StudyFigures(study, technology, findings);
  }

  Document build() {
    List<Section> sections = new ArrayList<>();
    sections.add(method());
    sections.addAll(figures.all());
    sections.add(table());
    if (data.test().classes() <= MOST_CLASSES) {
      sections.add(classes());
    }
    sections.add(pictures());
    sections.add(energyProse());
    return Document.of(
        "%s on %s: more samples or more bits?".formatted(network, data.name()),
        verdict(),
        sections,
        provenance());
  }

  /// The study's answer in one sentence. Samples win if some T brings the best p-DNN within 0.3
  /// points of the 32-bit twin for no more energy than the cheapest twin that is as near, by the
  /// convention `strict`.
  String verdict() {
    Finding best = figures.best();
    double near = accuracy(figures.twin(32)) - CLOSE;
    EnergyModel model = new EnergyModel(technology, Convention.STRICT);
    List<Finding> twins = List.of(figures.twin(1), figures.twin(3), figures.twin(32));
    Finding cheapest =
        twins.stream()
            .filter(twin -> accuracy(twin) >= near)
            .min(Comparator.comparing(twin -> StudyFigures.nanojoules(model, twin.network(), 1)))
            .orElseThrow();
    Optional<CurvePoint> reached =
        best.curve().points().stream()
            .filter(point -> point.accuracy().value() >= near)
            .findFirst();
    CurvePoint point = reached.orElse(best.curve().points().getLast());
    double energy = StudyFigures.nanojoules(model, best.network(), point.samples());
    boolean samples =
        reached.isPresent() && energy <= StudyFigures.nanojoules(model, cheapest.network(), 1);
    String answer =
        samples
            ? "More samples"
            : cheapest.equals(twins.getFirst()) ? "Neither, as one bit is enough" : "More bits";
    return "%s: %s of the %s %s %.2f %% for %,.0f nJ; %s (%s)."
        .formatted(
            answer,
            Counted.of(point.samples(), "sample"),
            best.contestant().name(),
            point.samples() == 1 ? "reaches" : "reach",
            100 * point.accuracy().value(),
            energy,
            twins.stream()
                .map(twin ->
                    "%s %.2f %% for %,.0f nJ"
                        .formatted(
                            twin.contestant().name(),
                            100 * accuracy(twin),
                            StudyFigures.nanojoules(model, twin.network(), 1)))
                .collect(Collectors.joining(", ")),
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

  private Table table() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.named("Network", ""));
    columns.add(Column.named("Samples", ""));
    columns.add(Column.named("T", ""));
    columns.add(Column.named("Accuracy", "%"));
    columns.add(Column.named("NLL", "nats"));
    columns.add(Column.named("ECE", "%"));
    columns.add(Column.named("N_eq", ""));
    columns.add(Column.named("Energy, strict", "nJ"));
    columns.add(Column.named("Energy, paper", "nJ"));
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
                Cell.number(
                    StudyFigures.nanojoules(strict, finding.network(), point.samples()), "%,.0f"),
                Cell.number(
                    StudyFigures.nanojoules(paper, finding.network(), point.samples()), "%,.0f")));
      }
    }
    return new Table("all-points", "All points", "Energy on " + technology + ".", columns, rows);
  }

  /// A column for each network; of a p-DNN, its scrambled samples.
  private Table classes() {
    List<Finding> compared =
        findings.stream()
            .filter(one -> !one.contestant().probabilistic() || one.scheme() == Scheme.SCRAMBLED)
            .toList();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.named("Class", ""));
    columns.add(Column.named("Images", ""));
    compared.forEach(one -> columns.add(Column.named(one.contestant().name(), "%")));
    List<List<Cell>> rows = new ArrayList<>();
    for (int label = 0; label < data.test().classes(); label++) {
      Confusion first = compared.getFirst().confusion();
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(data.test().classNames().get(label)));
      row.add(Cell.number((double) first.answers(label) / first.seeds()));
      for (Finding one : compared) {
        int answers = one.confusion().answers(label);
        row.add(
            answers == 0
                ? Cell.text("–")
                : Cell.number(100.0 * one.confusion().count(label, label) / answers, "%.2f"));
      }
      rows.add(row);
    }
    return new Table(
        "classes",
        "Accuracy by class",
        "Scrambled samples at T = %s; deterministic networks at T = 1."
            .formatted(study.samples().getLast()),
        columns,
        rows);
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
      String caption = images.classNames().get(images.label(index));
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

  private static double accuracy(Finding finding) {
    return finding.curve().points().getFirst().accuracy().value();
  }
}
