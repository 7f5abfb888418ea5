package org.pdnn.cli.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.Chance;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.evaluation.Result;
import org.pdnn.names.Counted;

/// What `pdnn evaluate` found of one model, or of several on the same images.
final class EvaluationDocument {
  /// One model and what was measured of it.
  ///
  /// @param classNames of the images as it knows them
  record Model(Result result, Measured measured, List<String> classNames) {
    /// The answers at a T; those of a deterministic model at any.
    Correctness at(int samples) {
      List<CurvePoint> points = measured.curve().points();
      for (int i = 0; i < points.size(); i++) {
        if (points.size() == 1 || points.get(i).samples() == samples) {
          return measured.points().get(i);
        }
      }
      throw new IllegalArgumentException("T = %s was not measured".formatted(samples));
    }
  }

  /// How the first model and another compare at a T.
  private record Difference(Model model, Model first, int samples, PairedDifference paired) {}

  private static final List<String> IMAGES = List.of("accuracyImagesLow", "accuracyImagesHigh");

  private final List<Model> models;
  private final List<Difference> differences = new ArrayList<>();
  private final DataSet set;
  private final LabelledInputs inputs;
  private final int seeds;

  /// @param inputs the images that were measured on
  EvaluationDocument(List<Model> models, DataSet set, LabelledInputs inputs, int seeds) {
    this.models = List.copyOf(models);
    this.set = set;
    this.inputs = inputs;
    this.seeds = seeds;
    Model first = models.getFirst();
    for (Model model : models.subList(1, models.size())) {
      Model longer =
          model.measured().points().size() > first.measured().points().size() ? model : first;
      for (CurvePoint point : longer.measured().curve().points()) {
        int samples = point.samples();
        differences.add(
            new Difference(
                model, first, samples, PairedDifference.of(model.at(samples), first.at(samples))));
      }
    }
  }

  /// What a user should know of these numbers, a sentence each.
  List<String> remarks() {
    Stream<String> atChance =
        models.stream()
            .flatMap(model -> {
              Chance chance = Chance.of(model.measured().last().accuracy().value(), inputs);
              return chance.beaten()
                  ? Stream.empty()
                  : Stream.of(model.result().model() + ": " + chance.sentence());
            });
    Stream<String> single =
        models.stream()
            .filter(model -> model.measured().curve().single())
            .map(model ->
                "%s has no random neurons: it runs one pass, whatever T"
                    .formatted(model.result().model()));
    return Stream.concat(atChance, single).distinct().toList();
  }

  OutputOptions.Document document() {
    return new OutputOptions.Document(text(), csv(), json());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (Model model : models) {
      if (models.size() > 1) {
        text.append(text.isEmpty() ? "" : "\n").append(model.result().model()).append('\n');
      }
      text.append(table(model).toText());
    }
    if (!differences.isEmpty()) {
      text.append('\n').append(differences().toText());
    }
    if (inputs.count() < set.test().count()) {
      text.append(
          "\n%d of %s, each class in its share.\n"
              .formatted(inputs.count(), Counted.of(set.test().count(), "test image")));
    }
    return set.note().isEmpty() ? text.toString() : text + "\n" + set.note() + "\n";
  }

  private TextTable table(Model model) {
    TextTable table =
        new TextTable(
            "T",
            "accuracy %",
            Estimate.boundsName(seeds) + ", seeds",
            "95 %, images",
            "NLL",
            "Brier",
            "ECE %",
            "N_eq",
            "agreement %");
    for (CurvePoint point : model.measured().curve().points()) {
      row(table, String.valueOf(point.samples()), point);
    }
    row(table, "deterministic", model.measured().curve().deterministic());
    return table;
  }

  private void row(TextTable table, String name, CurvePoint point) {
    Estimate images = images(point);
    table.row(
        name,
        percent(point.accuracy().value()),
        percent(point.accuracy().low()) + " to " + percent(point.accuracy().high()),
        percent(images.low()) + " to " + percent(images.high()),
        decimal(point.negativeLogLikelihood()),
        decimal(point.brier()),
        percent(point.expectedCalibrationError().value()),
        point
            .equivalentSamples()
            .map(value -> String.format(Locale.ROOT, "%.1f", value.value()))
            .orElse("-"),
        percent(point.agreement().value()));
  }

  private TextTable differences() {
    TextTable table =
        new TextTable(
            "model", "T", "points over the first", "95 %, images", "odds", "better", "worse");
    for (Difference difference : differences) {
      PairedDifference paired = difference.paired();
      table.row(
          difference.model().result().model(),
          difference.samples(),
          points(paired.overInputs().value()),
          points(paired.overInputs().low()) + " to " + points(paired.overInputs().high()),
          String.format(Locale.ROOT, "%.2g", paired.odds()),
          paired.better(),
          paired.worse());
    }
    return table
        .before(
            "Differences of accuracy from %s, on the same %s"
                .formatted(models.getFirst().result().model(), Counted.of(inputs.count(), "image")))
        .after(
            "odds: of a difference as large if neither were better, exact; better, worse: images"
                + " answered rightly under more or fewer noise seeds.");
  }

  private ObjectNode json() {
    if (models.size() == 1) {
      return extended(models.getFirst());
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode list = json.putArray("models");
    models.forEach(model -> list.add(extended(model)));
    ArrayNode compared = json.putArray("differences");
    for (Difference difference : differences) {
      ObjectNode node =
          compared
              .addObject()
              .put("model", difference.model().result().model())
              .put("against", difference.first().result().model())
              .put("samples", difference.samples());
      node.setAll(difference.paired().toJson());
    }
    return json;
  }

  private ObjectNode extended(Model model) {
    ObjectNode json = model.result().toJson();
    List<CurvePoint> points = model.measured().curve().points();
    for (int i = 0; i < points.size(); i++) {
      extend((ObjectNode) json.path("curve").path(i), points.get(i));
    }
    CurvePoint twin = model.measured().curve().deterministic();
    extend((ObjectNode) json.path("deterministic"), twin).put("scheme", "deterministic");
    json.put("images", inputs.count());
    remarks().forEach(json.putArray("remarks")::add);
    return json;
  }

  private ObjectNode extend(ObjectNode json, CurvePoint point) {
    Estimate images = images(point);
    return json.put(IMAGES.getFirst(), images.low()).put(IMAGES.getLast(), images.high());
  }

  /// A row for each point, the last of a model for its deterministic twin; columns are keys.
  private String csv() {
    List<String> columns = new ArrayList<>();
    if (models.size() > 1) {
      columns.add("model");
    }
    columns.addAll(Result.keys());
    columns.addAll(IMAGES);
    if (models.size() > 1) {
      columns.addAll(List.of("difference", "low", "high", "odds"));
    }
    TextTable table = new TextTable(columns.toArray(String[]::new));
    for (Model model : models) {
      for (CurvePoint point : model.measured().curve().points()) {
        csv(table, columns, model, extend(point.toJson(), point));
      }
      CurvePoint twin = model.measured().curve().deterministic();
      if (!model.measured().curve().single()) {
        ObjectNode json = extend(twin.toJson(), twin);
        csv(table, columns, model, json.put("scheme", "deterministic"));
      }
    }
    return table.toCsv();
  }

  private void csv(TextTable table, List<String> columns, Model model, ObjectNode point) {
    point.put("model", model.result().model());
    differences.stream()
        .filter(difference ->
            difference.model().equals(model)
                && difference.samples() == point.path("samples").asInt()
                && !point.path("scheme").asText().equals("deterministic"))
        .forEach(difference -> point.setAll(difference.paired().toJson()));
    table.row(columns.stream().map(key -> point.path(key).asText()).toArray());
  }

  private Estimate images(CurvePoint point) {
    return Estimate.ofShare(point.accuracy().value(), inputs.count());
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  private static String points(double share) {
    return String.format(Locale.ROOT, "%+.2f", 100 * share);
  }

  private static String decimal(Estimate estimate) {
    return String.format(Locale.ROOT, "%.4f", estimate.value());
  }
}
