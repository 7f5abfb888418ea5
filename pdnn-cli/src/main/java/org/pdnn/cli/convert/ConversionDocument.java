package org.pdnn.cli.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.convert.Calibration;
import org.pdnn.convert.ConversionVerdict;
import org.pdnn.convert.Converted;
import org.pdnn.convert.Source;
import org.pdnn.convert.StepOutcome;
import org.pdnn.convert.StepOutcome.Cost;
import org.pdnn.energy.EnergyPoint;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.random.Scheme;
import org.pdnn.report.Column;
import org.pdnn.report.Commands;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Prose;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;
import org.pdnn.statedict.Match;

/// The report of a conversion: what was read, what each step did and cost, what came out.
final class ConversionDocument {
  private final Path file;
  private final Source source;
  private final Map<String, Object> facts = new LinkedHashMap<>();
  private final Map<String, Object> provenance = new LinkedHashMap<>();
  private final List<StepOutcome> steps = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private Optional<Judged> judged = Optional.empty();
  private String written = "";
  private boolean random;

  /// What was measured, what follows from it, and what to run next.
  private record Judged(ConversionCurves curves, ConversionVerdict verdict, String next) {
    Compared compared() {
      return curves.compared();
    }

    /// The points of the converted network.
    List<CurvePoint> sampled() {
      return Stream.concat(
              compared().scrambled().curve().points().stream(),
              curves.independent().points().stream())
          .toList();
    }

    /// The same after that of the original.
    List<CurvePoint> measured() {
      return Stream.concat(
              Stream.of(compared().original().curve().deterministic()), sampled().stream())
          .toList();
    }

    String sentence() {
      return "Verdict: %s. %s.".formatted(verdict.advice(), verdict.reason());
    }
  }

  /// A row of the curves; the original network has no T.
  private record Row(
      Optional<Integer> samples,
      CurvePoint point,
      Optional<Estimate> independent,
      double nanojoules,
      double gain) {}

  /// @param tolerance points of accuracy that may be lost
  ConversionDocument(
      Path file, Source source, Optional<Calibration> calibration, double tolerance) {
    this.file = file;
    this.source = source;
    remarks.addAll(source.remarks());
    facts.put("source", file.toString());
    facts.put("architecture", source.network().architecture());
    calibration.ifPresent(set -> {
      Map<String, Object> of = new LinkedHashMap<>();
      of.put("images", set.inputs().count());
      of.put("samples", set.run().samples());
      of.put("scheme", set.run().scheme().toString());
      of.put("weights", set.precision().toString());
      of.put("tolerance", tolerance / 100);
      facts.put("calibration", of);
    });
  }

  /// Adds what was found out on the way.
  void remark(String sentence) {
    remarks.add(sentence);
  }

  /// Adds what came of a conversion.
  void add(Converted converted) {
    random = converted.network().random();
    remarks.addAll(converted.remarks());
    add(converted.steps());
  }

  /// Adds what steps did.
  void add(List<StepOutcome> results) {
    steps.addAll(results);
  }

  /// Adds the curves, the verdict and what to run next.
  void measured(ConversionCurves curves, ConversionVerdict verdict, String next) {
    judged = Optional.of(new Judged(curves, verdict, next));
    Compared compared = curves.compared();
    facts.put("original", compared.original().curve().deterministic().toJson());
    facts.put("arithmetic", compared.arithmetic());
    Map<String, Object> judgement = new LinkedHashMap<>();
    judgement.put("advice", verdict.advice().toString());
    verdict.samples().ifPresent(samples -> judgement.put("samples", samples));
    judgement.put("reason", verdict.reason());
    judgement.put("nextCommand", next);
    facts.put("verdict", judgement);
    provenance.put("testImages", curves.test().count());
    provenance.put("dataSha256", curves.test().sha256());
    provenance.put("sampler", compared.precision().name(true));
    provenance.put("technology", compared.energy().technology().name());
    provenance.put("convention", compared.energy().convention().toString());
  }

  /// Adds the file that was written, and how it came about.
  void written(Path out, String sha256, String sourceSha256, Optional<String> data, long seed) {
    written = out.toString();
    facts.put("model", written);
    facts.put("modelSha256", sha256);
    provenance.put("seed", seed);
    provenance.put("sourceSha256", sourceSha256);
    data.ifPresent(name -> provenance.put("data", name));
  }

  Document document() {
    Document document =
        new Document("%s as a p-DNN".formatted(file.getFileName()))
            .sentence(
                "%s: %,d parameters, %s to %s"
                    .formatted(
                        file,
                        source.network().parameters(),
                        source.network().input(),
                        source.network().output()));
    facts.forEach(document::fact);
    document.fact("remarks", remarks);
    provenance.forEach(document::provenance);
    if (!source.matches().isEmpty()) {
      document.add(matches().only(Form.TEXT, Form.JSON, Form.CSV));
    }
    judged.ifPresent(all ->
        document
            .add(
                new Commands("What to run next", List.of(withoutFolders(all.next))).only(Form.PAGE))
            .add(ConversionFigures.of(all.curves)));
    document.sentence("").add(steps());
    for (StepOutcome step : steps) {
      step.details()
          .forEach(detail -> document.sentence("  %s: %s".formatted(step.name(), detail)));
    }
    judged.ifPresent(all ->
        document
            .sentence("")
            .add(points(all))
            .add(curve(all.sampled()).only(Form.JSON))
            .add(curve(all.measured()).only(Form.CSV)));
    if (!remarks.isEmpty()) {
      document.add(new Prose("Remarks", remarks)).sentence("");
    }
    judged.ifPresentOrElse(
        all ->
            document
                .headline(all.sentence())
                .add(new Commands("Next", List.of(all.next)).only(Form.TEXT)),
        () -> {
          if (!written.isEmpty()) {
            document.headline("Converted without data: nothing was measured.");
          }
        });
    if (!written.isEmpty()) {
      document.sentence(
          "%s written%s.".formatted(written, random ? "" : "; no neuron became random"));
    }
    return document;
  }

  /// Pages are shown to others, to whom this machine's folders are nothing.
  private static String withoutFolders(String command) {
    return command.replaceAll("(?<=\\s)(?:/|[A-Za-z]:\\\\)\\S*[/\\\\](?=\\S)", "");
  }

  private Table matches() {
    return new Rows<>(source.matches())
        .add("tensor", "tensor", Match::name)
        .add("shape", "shape", Match::shape)
        .add("source", "in the file", Match::source)
        .add("note", "note", Match::note)
        .table("matches", "Tensors");
  }

  private Table steps() {
    return new Rows<>(steps)
        .add("step", "step", StepOutcome::name)
        .add(Column.percent("accuracy", "accuracy"), step -> step.cost().map(Cost::accuracy))
        .add(
            Column.of("loss", "loss").in("points").times(100).as("%+.2f"),
            step -> step.cost().map(Cost::loss))
        .add(
            Column.of("negativeLogLikelihood", "NLL").as("%.4f"),
            step -> step.cost().map(Cost::negativeLogLikelihood))
        .add(
            Column.of("largestLogitDifference", "largest logit difference").as("%.3g"),
            step -> step.cost().map(Cost::largestLogitDifference))
        .add("milliseconds", "ms", step -> step.time().toMillis())
        .add("effect", "effect", StepOutcome::effect)
        .add(Column.kept("details"), StepOutcome::details)
        .table("steps", "What each step did and cost");
  }

  /// All that was measured, for files.
  private static Table curve(List<CurvePoint> points) {
    return new Rows<>(points)
        .add(Column.kept("samples"), CurvePoint::samples)
        .add(Column.kept("scheme"), point -> Scheme.nameOf(point.scheme()))
        .add(Column.kept("accuracy"), CurvePoint::accuracy)
        .add(Column.kept("negativeLogLikelihood"), CurvePoint::negativeLogLikelihood)
        .add(Column.kept("brier"), CurvePoint::brier)
        .add(Column.kept("expectedCalibrationError"), CurvePoint::expectedCalibrationError)
        .add(Column.kept("equivalentSamples"), CurvePoint::equivalentSamples)
        .add(Column.kept("agreement"), CurvePoint::agreement)
        .table("curve", "Curves");
  }

  private static Table points(Judged all) {
    Compared compared = all.compared();
    List<Row> rows = new ArrayList<>();
    List<CurvePoint> points = compared.scrambled().curve().points();
    for (int i = 0; i < points.size(); i++) {
      CurvePoint point = points.get(i);
      EnergyPoint energy = compared.energy(point.samples());
      rows.add(
          new Row(
              Optional.of(point.samples()),
              point,
              Optional.of(all.curves.independent().points().get(i).accuracy()),
              energy.energy().total().nanojoules(),
              energy.gain()));
    }
    EnergyPoint one = compared.energy(1);
    rows.add(
        new Row(
            Optional.empty(),
            compared.original().curve().deterministic(),
            Optional.empty(),
            one.energy().total().nanojoules() * one.gain(),
            1));
    return new Rows<>(rows)
        .add("network", "network", row -> row.samples.isPresent() ? "p-DNN" : "original")
        .add("samples", "T", Row::samples)
        .add(Column.percent("accuracy", "scrambled"), row -> row.point.accuracy())
        .add(Column.percent("independentAccuracy", "independent"), Row::independent)
        .add(
            Column.of("negativeLogLikelihood", "NLL").as("%.4f"),
            row -> row.point.negativeLogLikelihood())
        .add(
            Column.percent("expectedCalibrationError", "ECE"),
            row -> row.point.expectedCalibrationError())
        .add(
            Column.of("equivalentSamples", "N_eq").as("%.1f"),
            row -> row.samples.flatMap(_ -> row.point.equivalentSamples()))
        .add(Column.of("totalNanojoules", "energy").in("nJ").as("%,.1f"), Row::nanojoules)
        .add(Column.of("gain", "gain").as("%.2f"), Row::gain)
        .table(
            "points",
            "All points",
            "%,d test images, %s; energy on %s, the original's with weights of as many bits."
                .formatted(
                    all.curves.test().count(),
                    compared.arithmetic(),
                    compared.energy().technology().name()));
  }
}
