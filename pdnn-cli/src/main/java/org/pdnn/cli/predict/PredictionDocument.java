package org.pdnn.cli.predict;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.evaluation.Candidate;
import org.pdnn.network.Model;
import org.pdnn.network.TrainedOn;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Group;
import org.pdnn.report.Interval;
import org.pdnn.report.Rows;

/// The answers to pictures: a row for each likely class of each.
final class PredictionDocument {
  /// A likely class of a picture.
  private record Row(Prediction.Made answer, Candidate likely) {}

  private final List<String> classes;
  private final boolean random;

  private PredictionDocument(Model model) {
    this.random = model.network().random();
    this.classes =
        model
            .trainedOn()
            .map(TrainedOn::classes)
            .orElseGet(() ->
                IntStream.range(0, model.network().output().size())
                    .mapToObj(String::valueOf)
                    .toList());
  }

  /// @param name of the model
  static Document of(
      String name, Model model, List<Prediction.Made> made, List<Prediction.Failed> failed) {
    PredictionDocument classes = new PredictionDocument(model);
    return new Document("Predictions")
        .fact("model", name)
        .add(
            new Group("predictions", made.stream().map(classes::document).toList()).only(Form.JSON))
        .add(
            new Rows<>(failed)
                .add("file", "file", Prediction.Failed::file)
                .add("reason", "reason", Prediction.Failed::reason)
                .table("failures", "Failures")
                .only(Form.JSON))
        .add(
            classes
                .likely(
                    new Rows<>(made.stream().flatMap(PredictionDocument::rows).toList())
                        .add("file", "file", row -> row.answer().file()),
                    Row::likely)
                .add("samples", "T", row -> row.answer().samples())
                .table("predictions", "Predictions")
                .only(Form.TEXT, Form.CSV));
  }

  private static Stream<Row> rows(Prediction.Made answer) {
    return answer.classes().stream().map(likely -> new Row(answer, likely));
  }

  private Document document(Prediction.Made answer) {
    return new Document(answer.file())
        .fact("file", answer.file())
        .fact("samples", answer.samples())
        .add(likely(new Rows<>(answer.classes()), likely -> likely).table("classes", "Classes"));
  }

  /// The interval is left out if other samples would have answered the same.
  private <R> Rows<R> likely(Rows<R> rows, Function<R, Candidate> of) {
    return rows.add("class", "class", row -> classes.get(of.apply(row).label()))
        .add(Column.percent("probability", "probability"), row -> of.apply(row).probability())
        .add(
            Column.shown("95 %").times(100).as("%.2f"),
            row -> random ? Interval.of(of.apply(row).probability()) : null)
        .add(Column.of("logit", "logit").as("%.3f"), row -> of.apply(row).logit())
        .add(Column.of("spread", "spread").as("%.3f"), row -> of.apply(row).spread());
  }
}
