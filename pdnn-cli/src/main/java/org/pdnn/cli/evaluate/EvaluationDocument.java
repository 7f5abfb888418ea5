package org.pdnn.cli.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.names.Counted;
import org.pdnn.random.Scheme;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Fact;
import org.pdnn.report.Form;
import org.pdnn.report.Group;
import org.pdnn.report.Interval;
import org.pdnn.report.Rows;
import org.pdnn.report.Section;
import org.pdnn.report.Sentence;
import org.pdnn.report.Table;

/// What `pdnn evaluate` found of one model, or of several on the same images.
final class EvaluationDocument {
  private static final String TWIN = "deterministic";

  private final List<Evaluated> models;
  private final List<Difference> differences = new ArrayList<>();

  /// How a model and the first compare at a T.
  private record Difference(Evaluated model, int samples, PairedDifference paired) {}

  /// A point of a model's curve, or that of its deterministic twin.
  private record Row(Evaluated model, CurvePoint point, boolean twin) {}

  /// @param models on the same images
  EvaluationDocument(List<Evaluated> models) {
    this.models = List.copyOf(models);
    Evaluated first = models.getFirst();
    for (Evaluated model : models.subList(1, models.size())) {
      Evaluated longer = model.points().size() > first.points().size() ? model : first;
      for (CurvePoint point : longer.points()) {
        int samples = point.samples();
        differences.add(
            new Difference(
                model, samples, PairedDifference.of(model.at(samples), first.at(samples))));
      }
    }
  }

  /// What a reader should know of these numbers, a sentence each.
  List<String> remarks() {
    return models.stream().flatMap(model -> model.remarks().stream()).distinct().toList();
  }

  Document document() {
    Subject subject = models.getFirst().subject();
    Document document =
        models.size() == 1
            ? subject.document("Accuracy against samples").add(sections(models.getFirst()))
            : new Document("Accuracy against samples")
                .add(new Group("models", models.stream().map(this::inner).toList()))
                .add(differences());
    return subject.noted(document);
  }

  private Document inner(Evaluated model) {
    Subject subject = model.subject();
    return new Document(subject.name())
        .fact("model", subject.name())
        .fact("data", subject.images().name())
        .fact("provenance", subject.provenance().toJson())
        .sentence(subject.name())
        .add(sections(model));
  }

  private List<Section> sections(Evaluated model) {
    CurvePoint twin = model.measured().curve().deterministic();
    List<Row> points = model.points().stream().map(point -> new Row(model, point, false)).toList();
    List<Row> andTwin = new ArrayList<>(points);
    boolean single = model.measured().curve().single();
    if (!single) {
      andTwin.add(new Row(model, twin, true));
    }
    List<Section> sections = new ArrayList<>();
    sections.add(curve(points).only(Form.JSON));
    sections.add(curve(andTwin).only(Form.TEXT, Form.CSV));
    if (!single) {
      Interval images = model.onOtherImages(twin);
      sections.add(
          new Fact(
              TWIN,
              twin.toJson()
                  .put("accuracyImagesLow", images.low())
                  .put("accuracyImagesHigh", images.high())));
    }
    sections.add(new Fact("images", model.subject().images().count()));
    sections.add(new Fact("remarks", model.remarks()));
    return sections;
  }

  private Table curve(List<Row> points) {
    String bounds = Estimate.boundsName(models.getFirst().subject().evaluation().seeds());
    Rows<Row> rows = new Rows<>(points);
    if (models.size() > 1) {
      rows.add(Column.kept("model"), row -> row.model().subject().name());
    }
    rows.add(Column.shown("T"), row -> row.twin() ? TWIN : row.point().samples())
        .add(Column.kept("samples"), row -> row.point().samples())
        .add(Column.kept("scheme"), row -> Scheme.nameOf(row.point().scheme()))
        .add(Column.percent("accuracy", "accuracy"), row -> row.point().accuracy())
        .add(
            Column.shown(bounds + ", seeds").times(100).as("%.2f"),
            row -> Interval.of(row.point().accuracy()))
        .add(
            Column.of("accuracyImages", "95 %, images").times(100).as("%.2f"),
            row -> row.model().onOtherImages(row.point()))
        .add(
            Column.of("negativeLogLikelihood", "NLL").as("%.4f"),
            row -> row.point().negativeLogLikelihood())
        .add(Column.of("brier", "Brier").as("%.4f"), row -> row.point().brier())
        .add(
            Column.percent("expectedCalibrationError", "ECE"),
            row -> row.point().expectedCalibrationError())
        .add(
            Column.of("equivalentSamples", "N_eq").as("%.1f"),
            row -> row.point().equivalentSamples())
        .add(Column.percent("agreement", "agreement"), row -> row.point().agreement());
    return rows.table("curve", "Accuracy and calibration against T");
  }

  private List<Section> differences() {
    String first = models.getFirst().subject().name();
    Column points = Column.of("difference", "points over the first").times(100).as("%+.2f");
    return List.of(
        new Sentence(
            "Differences of accuracy from %s, on the same %s"
                .formatted(
                    first, Counted.of(models.getFirst().subject().images().count(), "image"))),
        new Rows<>(differences)
            .add("model", "model", each -> each.model().subject().name())
            .add(Column.kept("against"), _ -> first)
            .add("samples", "T", Difference::samples)
            .add(points, each -> each.paired().overInputs().value())
            .add(
                Column.shown("95 %, images").times(100).as("%+.2f"),
                each -> Interval.of(each.paired().overInputs()))
            .add(Column.kept("low"), each -> each.paired().overInputs().low())
            .add(Column.kept("high"), each -> each.paired().overInputs().high())
            .add(Column.kept("noiseLow"), each -> each.paired().overSeeds().low())
            .add(Column.kept("noiseHigh"), each -> each.paired().overSeeds().high())
            .add(Column.of("pValue", "p-value").as("%.2g"), each -> each.paired().pValue())
            .add(Column.kept("inputs"), each -> each.paired().inputs())
            .add("better", "better", each -> each.paired().better())
            .add("worse", "worse", each -> each.paired().worse())
            .table(
                "differences",
                "Differences",
                "p-value: the probability of a difference as large if neither were better, exact;"
                    + " better, worse: images classified correctly under more or fewer noise"
                    + " seeds."));
  }
}
