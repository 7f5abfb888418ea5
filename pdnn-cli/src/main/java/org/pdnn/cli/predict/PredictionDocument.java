package org.pdnn.cli.predict;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.evaluation.Candidate;
import org.pdnn.evaluation.Estimate;
import org.pdnn.names.Printable;

/// Answers as text, CSV and JSON: a row for each class of each picture.
final class PredictionDocument {
  private final List<String> classes;
  private final boolean random;
  private final TextTable text =
      new TextTable("file", "class", "probability %", "95 %", "logit", "spread", "T");
  private final TextTable csv =
      new TextTable(
          "file",
          "class",
          "probability",
          "probabilityLow",
          "probabilityHigh",
          "logit",
          "spread",
          "samples");
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();

  /// @param classes their names, in the order of the network's outputs
  /// @param random whether other samples would have answered otherwise
  PredictionDocument(
      String model, List<String> classes, boolean random, List<Prediction> predictions) {
    this.classes = classes;
    this.random = random;
    json.put("model", model);
    ArrayNode made = json.putArray("predictions");
    ArrayNode failed = json.putArray("failures");
    for (Prediction prediction : predictions) {
      switch (prediction) {
        case Prediction.Made answer -> add(answer, made.addObject());
        case Prediction.Failed(String file, String reason) ->
            failed.addObject().put("file", file).put("reason", reason);
      }
    }
  }

  private void add(Prediction.Made answer, ObjectNode made) {
    String file = answer.file();
    made.put("file", file).put("samples", answer.samples());
    ArrayNode likeliest = made.putArray("classes");
    for (Candidate candidate : answer.classes()) {
      String name = classes.get(candidate.label());
      Estimate probability = candidate.probability();
      text.row(
          Printable.of(file, 200),
          Printable.of(name),
          percent(probability.value()),
          random ? percent(probability.low()) + " to " + percent(probability.high()) : "-",
          decimal(candidate.logit()),
          decimal(candidate.spread()),
          answer.samples());
      csv.row(
          file,
          name,
          probability.value(),
          probability.low(),
          probability.high(),
          candidate.logit(),
          candidate.spread(),
          answer.samples());
      likeliest
          .addObject()
          .put("class", name)
          .put("probability", probability.value())
          .put("probabilityLow", probability.low())
          .put("probabilityHigh", probability.high())
          .put("logit", candidate.logit())
          .put("spread", candidate.spread());
    }
  }

  /// The provenance, to be filled.
  ObjectNode provenance() {
    return json.putObject("provenance");
  }

  OutputOptions.Document document() {
    return new OutputOptions.Document(text.toText(), csv.toCsv(), json);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
