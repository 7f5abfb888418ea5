package org.pdnn.cli.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pdnn.data.Images;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.experiment.CurveByClass.ClassAnswers;
import org.pdnn.names.Counted;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Picture;
import org.pdnn.report.Pictures;
import org.pdnn.report.Prose;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;

/// A study's answer, its figures and all its numbers.
///
/// @param curves of at least one p-DNN, and the twins of 32, 3 and 1 bits
record StudyDocument(Study study, Technology technology, List<StudyCurve> curves) {
  private static final double CLOSE = 0.003;

  /// Rows of the table of classes, beyond which nobody reads it.
  private static final int MOST_CLASSES = 100;

  Document document() {
    Document document =
        new Document(
            "%s on %s: more samples or more bits?".formatted(study.preset(), study.data().name()));
    Rows<Row> rows = brief();
    document
        .add(rows.table("points", "All points").only(Form.TEXT))
        .fact("verdict", verdict())
        .headline(verdict())
        .fact("curves", curves.stream().map(StudyDocument::json).toList())
        .add(method().only(Form.PAGE));
    new StudyFigures(study, technology, this).all().forEach(document::add);
    document.add(points(rows).only(Form.CSV, Form.PAGE));
    if (study.data().test().classes() <= MOST_CLASSES) {
      document.add(classes().only(Form.PAGE));
    }
    document.add(pictures()).add(energies().only(Form.PAGE));
    document
        .provenance("data", study.data().name())
        .provenance("network", study.preset())
        .provenance("epochs", study.epochs());
    curves
        .getFirst()
        .result()
        .provenance()
        .toJson()
        .properties()
        .forEach(entry -> document.provenance(entry.getKey(), entry.getValue()));
    return document;
  }

  private static Map<String, Object> json(StudyCurve curve) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", curve.name());
    json.put("result", curve.result().toJson());
    return json;
  }

  /// The study's answer in one sentence. Samples win if some T brings the best p-DNN within 0.3
  /// points of the 32-bit twin for no more energy than the cheapest twin that is as near, by the
  /// convention `strict`.
  private String verdict() {
    EnergyModel model = new EnergyModel(technology, Convention.STRICT);
    StudyCurve best = best();
    double near = twin(32).accuracy().value() - CLOSE;
    List<StudyCurve> twins = List.of(twin(1), twin(3), twin(32));
    StudyCurve cheapest =
        twins.stream()
            .filter(twin -> twin.accuracy().value() >= near)
            .min(Comparator.comparing(twin -> twin.nanojoules(model, 1)))
            .orElseThrow();
    Optional<CurvePoint> reached =
        best.points().stream().filter(point -> point.accuracy().value() >= near).findFirst();
    CurvePoint point = reached.orElse(best.points().getLast());
    double energy = best.nanojoules(model, point.samples());
    boolean samples = reached.isPresent() && energy <= cheapest.nanojoules(model, 1);
    String answer =
        samples
            ? "More samples"
            : cheapest.equals(twins.getFirst()) ? "Neither, as one bit is enough" : "More bits";
    return "%s: %s of the %s %s %.2f %% for %,.0f nJ; %s (%s)."
        .formatted(
            answer,
            Counted.of(point.samples(), "sample"),
            best.name(),
            point.samples() == 1 ? "reaches" : "reach",
            100 * point.accuracy().value(),
            energy,
            twins.stream()
                .map(twin ->
                    "%s %.2f %% for %,.0f nJ"
                        .formatted(
                            twin.name(), 100 * twin.accuracy().value(), twin.nanojoules(model, 1)))
                .collect(Collectors.joining(", ")),
            technology);
  }

  /// The scrambled p-DNN trained with the most samples.
  StudyCurve best() {
    return curves.stream()
        .filter(StudyCurve::scrambled)
        .reduce((a, b) -> b.member().samples() > a.member().samples() ? b : a)
        .orElseThrow(() -> new IllegalStateException("a study has a p-DNN"));
  }

  StudyCurve twin(int bits) {
    return curves.stream()
        .filter(one -> !one.probabilistic() && one.member().neuron().bits() == bits)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("a study has a %d-bit twin".formatted(bits)));
  }

  private Prose method() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(
        ("A p-DNN's hidden neurons give one random bit each; the outputs of T passes are averaged."
                + " Trained here: %d networks (%s), %s on %,d images of %s; tested on %,d"
                + " others with %d noise seeds. s is the number of samples averaged in the loss.")
            .formatted(
                study.budget().members().size(),
                study.preset(),
                Counted.of(study.epochs(), "epoch"),
                study.data().training().count(),
                study.data().name(),
                study.data().test().count(),
                Study.SEEDS));
    paragraphs.add(
        "Solid lines: scrambled samples, in which two random words per neuron and input serve all"
            + " passes. Dashed: independent samples, as in the paper (Ghantasala et al., npj"
            + " Unconventional Computing 3:18, 2026).");
    if (!study.data().note().isEmpty()) {
      paragraphs.add(study.data().note());
    }
    return new Prose("What was measured", paragraphs);
  }

  /// A point of a curve.
  private record Row(StudyCurve curve, CurvePoint point) {}

  private Rows<Row> brief() {
    return new Rows<>(
            curves.stream()
                .flatMap(curve -> curve.points().stream().map(point -> new Row(curve, point)))
                .toList())
        .add("network", "network", row -> row.curve().name())
        .add("scheme", "samples", row -> row.curve().samplesScheme())
        .add("samples", "T", row -> row.point().samples())
        .add(Column.percent("accuracy", "accuracy"), row -> row.point().accuracy());
  }

  private Table points(Rows<Row> brief) {
    brief
        .add(
            Column.of("negativeLogLikelihood", "NLL").in("nats").as("%.4f"),
            row -> row.point().negativeLogLikelihood())
        .add(
            Column.percent("expectedCalibrationError", "ECE"),
            row -> row.point().expectedCalibrationError())
        .add(
            Column.of("equivalentSamples", "N_eq").as("%.1f"),
            row -> row.point().equivalentSamples());
    for (Convention convention : List.of(Convention.STRICT, Convention.PAPER)) {
      EnergyModel model = new EnergyModel(technology, convention);
      brief.add(
          Column.of("nanojoules/" + convention.name(), "energy, " + convention.name())
              .in("nJ")
              .as("%,.0f"),
          row -> row.curve().nanojoules(model, row.point().samples()));
    }
    return brief.table("all-points", "All points", "Energy on " + technology + ".");
  }

  /// A column for each network; of a p-DNN, its scrambled samples.
  private Table classes() {
    List<StudyCurve> compared =
        curves.stream().filter(one -> !one.probabilistic() || one.scrambled()).toList();
    List<String> names = study.data().test().classNames();
    Rows<Integer> rows =
        new Rows<>(IntStream.range(0, names.size()).boxed().toList())
            .add("class", "Class", names::get)
            .add(
                "images",
                "Images",
                // A deterministic network answers each image once.
                label -> twin(32).classes().get(label).answers());
    for (StudyCurve one : compared) {
      rows.add(
          Column.percent("accuracy/" + one.member().file(), one.name()),
          label -> share(one.classes().get(label)));
    }
    return rows.table(
        "classes",
        "Accuracy by class",
        "Scrambled samples at T = %s; deterministic networks at T = 1."
            .formatted(study.budget().samples().getLast()));
  }

  private static Optional<Double> share(ClassAnswers answers) {
    return answers.answers() == 0
        ? Optional.empty()
        : Optional.of((double) answers.right() / answers.answers());
  }

  private Pictures pictures() {
    Images images = study.data().test();
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

  private static Prose energies() {
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add("Energies are predictions by equation 4 of the paper; nothing was metered.");
    for (Convention convention : List.of(Convention.STRICT, Convention.PAPER)) {
      paragraphs.add(
          "Convention %s: %s.".formatted(convention, String.join("; ", convention.assumptions())));
    }
    return new Prose("How energy is counted", paragraphs);
  }
}
