package org.pdnn.cli.convert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.convert.Calibration;
import org.pdnn.convert.ConversionVerdict;
import org.pdnn.convert.Converted;
import org.pdnn.convert.Source;
import org.pdnn.convert.StepOutcome;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Environment;
import org.pdnn.statedict.Match;

/// The report of a conversion: what was read, what each step did and cost, what came out.
final class ConversionDocument {
  private final Path file;
  private final Source source;
  private final List<StepOutcome> steps = new ArrayList<>();
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private Optional<ConversionCurves> curves = Optional.empty();
  private Optional<ConversionVerdict> judged = Optional.empty();
  private final List<String> remarks = new ArrayList<>();
  private String nextCommand = "";
  private String written = "";
  private boolean random;

  /// @param tolerance points of accuracy that may be lost
  ConversionDocument(
      Path file, Source source, Optional<Calibration> calibration, double tolerance) {
    this.file = file;
    this.source = source;
    json.put("source", file.toString()).put("architecture", source.network().architecture());
    for (Match match : source.matches()) {
      ObjectNode node = json.withArray("matches").addObject().put("tensor", match.name());
      match.source().ifPresent(name -> node.put("source", name));
      node.put("shape", match.shape().toString()).put("note", match.note());
    }
    calibration.ifPresent(set ->
        json.putObject("calibration")
            .put("images", set.inputs().count())
            .put("samples", set.run().samples())
            .put("scheme", set.run().scheme().toString())
            .put("weights", set.precision().toString())
            .put("tolerance", tolerance / 100));
    remark(source.remarks());
  }

  /// Adds what was found out on the way.
  void remark(List<String> sentences) {
    remarks.addAll(sentences);
    sentences.forEach(json.withArray("remarks")::add);
  }

  /// Adds what came of a conversion.
  void add(Converted converted) {
    random = converted.network().random();
    remark(converted.remarks());
    add(converted.steps());
  }

  /// Adds what steps did.
  void add(List<StepOutcome> results) {
    ArrayNode array = json.withArray("steps");
    for (StepOutcome result : results) {
      steps.add(result);
      ObjectNode node = array.addObject();
      node.put("step", result.name()).put("effect", result.effect());
      result.details().forEach(node.putArray("details")::add);
      result
          .cost()
          .ifPresent(cost ->
              node.put("accuracy", cost.accuracy())
                  .put("loss", cost.loss().value())
                  .put("lossLow", cost.loss().low())
                  .put("lossHigh", cost.loss().high())
                  .put("negativeLogLikelihood", cost.negativeLogLikelihood())
                  .put("largestLogitDifference", cost.largestLogitDifference()));
      node.put("milliseconds", result.time().toMillis());
    }
  }

  /// Adds the curves, the verdict and what to run next.
  void measured(ConversionCurves measured, ConversionVerdict verdict, String next) {
    curves = Optional.of(measured);
    nextCommand = next;
    Compared compared = measured.compared();
    json.set("original", original(measured).toJson());
    ArrayNode curve = json.putArray("curve");
    compared.scrambled().curve().points().forEach(point -> curve.add(point.toJson()));
    measured.independent().points().forEach(point -> curve.add(point.toJson()));
    ArrayNode energies = json.putArray("energy");
    for (CurvePoint point : compared.scrambled().curve().points()) {
      EnergyPoint energy = compared.energy(point.samples());
      energies
          .addObject()
          .put("samples", point.samples())
          .put("totalNanojoules", energy.energy().total().nanojoules())
          .put("gain", energy.gain());
    }
    json.put("arithmetic", compared.arithmetic());
    judged = Optional.of(verdict);
    ObjectNode node = json.putObject("verdict").put("advice", verdict.advice().toString());
    verdict.samples().ifPresent(samples -> node.put("samples", samples));
    node.put("reason", verdict.reason()).put("nextCommand", next);
  }

  private static CurvePoint original(ConversionCurves measured) {
    return measured.compared().original().curve().deterministic();
  }

  /// Adds the file that was written, and how it came about.
  void written(Path out, String sha256, String sourceSha256, Optional<String> data, long seed) {
    written = out.toString();
    json.put("model", written).put("modelSha256", sha256);
    ObjectNode provenance = json.putObject("provenance").put("seed", seed);
    provenance.put("sourceSha256", sourceSha256);
    data.ifPresent(name -> provenance.put("data", name));
    curves.ifPresent(measured ->
        provenance
            .put("testImages", measured.test().count())
            .put("dataSha256", measured.test().sha256())
            .put("sampler", measured.compared().precision().sampler())
            .put("technology", measured.compared().energy().technology().name())
            .put("convention", measured.compared().energy().convention().toString()));
    provenance
        .put("version", Environment.here().version())
        .put("jdk", Environment.here().jdk())
        .put("cpu", Environment.here().cpu());
  }

  /// Writes the page with the charts.
  void chart(Path folder) throws IOException {
    Path page =
        new ConversionPage(
                file, passTable(), curveTable(), curves, judged, remarks, nextCommand, json)
            .write(folder);
    json.put("report", page.toString());
  }

  void print(PrintWriter screen, OutputOptions.Format format) {
    switch (format) {
      case TEXT -> screen.print(text());
      case JSON -> screen.println(json.toPrettyString());
      case CSV -> screen.print(curves.isPresent() ? curveTable().toCsv() : passTable().toCsv());
    }
    screen.flush();
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s: %,d parameters, %s to %s\n"
            .formatted(
                file,
                source.network().parameters(),
                source.network().input(),
                source.network().output()));
    if (!source.matches().isEmpty()) {
      text.append(matchTable().toText());
    }
    remarks.forEach(remark -> text.append("  ").append(remark).append('\n'));
    text.append('\n').append(passTable().toText());
    for (StepOutcome step : steps) {
      for (String detail : step.details()) {
        text.append("  %s: %s\n".formatted(step.name(), detail));
      }
    }
    curves.ifPresent(measured -> {
      text.append('\n').append(curveTable().toText());
      ConversionVerdict verdict = judged.orElseThrow();
      text.append("\nVerdict: %s. %s.\n".formatted(verdict.advice(), verdict.reason()));
      text.append("Next: %s\n".formatted(nextCommand));
    });
    if (!written.isEmpty()) {
      text.append("%s written%s.\n".formatted(written, random ? "" : "; no neuron became random"));
    }
    return text.toString();
  }

  private TextTable matchTable() {
    TextTable table = new TextTable("tensor", "shape", "in the file", "note");
    for (Match match : source.matches()) {
      table.row(match.name(), match.shape(), match.source().orElse("-"), match.note());
    }
    return table;
  }

  private TextTable passTable() {
    TextTable table =
        new TextTable(
            "step", "accuracy %", "loss", "NLL", "largest logit difference", "ms", "effect");
    for (StepOutcome step : steps) {
      Optional<StepOutcome.Cost> cost = step.cost();
      table.row(
          step.name(),
          cost.map(c -> decimal("%.2f", 100 * c.accuracy())).orElse("-"),
          cost.map(c -> decimal("%+.2f", zeroed(100 * c.loss().value()))).orElse("-"),
          cost.map(c -> decimal("%.4f", c.negativeLogLikelihood())).orElse("-"),
          cost.map(c -> decimal("%.3g", c.largestLogitDifference())).orElse("-"),
          step.time().toMillis(),
          step.effect());
    }
    return table;
  }

  private TextTable curveTable() {
    TextTable table =
        new TextTable(
            "T", "scrambled %", "independent %", "NLL", "ECE %", "N_eq", "energy nJ", "gain");
    curves.ifPresent(measured -> {
      Compared compared = measured.compared();
      List<CurvePoint> points = compared.scrambled().curve().points();
      for (int i = 0; i < points.size(); i++) {
        CurvePoint point = points.get(i);
        EnergyPoint energy = compared.energy(point.samples());
        table.row(
            point.samples(),
            decimal("%.2f", 100 * point.accuracy().value()),
            decimal("%.2f", 100 * measured.independent().points().get(i).accuracy().value()),
            decimal("%.4f", point.negativeLogLikelihood().value()),
            decimal("%.2f", 100 * point.expectedCalibrationError().value()),
            point.equivalentSamples().map(n -> decimal("%.1f", n.value())).orElse("-"),
            decimal("%,.1f", energy.energy().total().nanojoules()),
            decimal("%.2f", energy.gain()));
      }
      CurvePoint original = original(measured);
      double twin = compared.energy(1).energy().total().nanojoules() * compared.energy(1).gain();
      table.row(
          "original",
          decimal("%.2f", 100 * original.accuracy().value()),
          "-",
          decimal("%.4f", original.negativeLogLikelihood().value()),
          decimal("%.2f", 100 * original.expectedCalibrationError().value()),
          "-",
          decimal("%,.1f", twin),
          "1.00");
      table.after(
          "%,d test images, %s; energy on %s, the original's with weights of as many bits."
              .formatted(
                  measured.test().count(),
                  compared.arithmetic(),
                  compared.energy().technology().name()));
    });
    return table;
  }

  /// No "-0.00".
  private static double zeroed(double points) {
    return Math.abs(points) < 0.005 ? 0 : points;
  }

  private static String decimal(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
