package org.pdnn.cli.convert;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.cli.tradeoff.ModelNames;
import org.pdnn.cli.tradeoff.VerdictDocument;
import org.pdnn.convert.Calibration;
import org.pdnn.convert.Converted;
import org.pdnn.convert.Source;
import org.pdnn.convert.StepOutcome;
import org.pdnn.convert.StepOutcome.Cost;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
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
  private Optional<Network> converted = Optional.empty();

  /// What was measured, and what to run next.
  ///
  /// @param unfit why nothing follows from it
  private record Judged(Compared compared, Optional<String> unfit, String next) {}

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
    this.converted = Optional.of(converted.network());
    remarks.addAll(converted.remarks());
    add(converted.steps());
  }

  /// Adds what steps did.
  void add(List<StepOutcome> results) {
    steps.addAll(results);
  }

  /// Adds what was measured and what to run next.
  ///
  /// @param unfit why nothing follows from it, a phrase
  void measured(Compared compared, Optional<String> unfit, Images test, String next) {
    judged = Optional.of(new Judged(compared, unfit, next));
    facts.put("arithmetic", compared.arithmetic());
    facts.put("nextCommand", next);
    provenance.put("testImages", test.count());
    provenance.put("dataSha256", test.sha256());
    provenance.put(
        "sampler",
        converted.map(compared.precision()::name).orElseGet(compared.precision()::ofTwin));
    provenance.put("technology", compared.pricing().technology().name());
    provenance.put("convention", compared.pricing().convention().toString());
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
            .add(ConversionFigures.of(all.compared)));
    document.sentence("").add(steps());
    for (StepOutcome step : steps) {
      step.details()
          .forEach(detail -> document.sentence("  %s: %s".formatted(step.name(), detail)));
    }
    judged.ifPresent(all -> document.sentence("").add(curve(all.compared)));
    if (!remarks.isEmpty()) {
      document.add(new Prose("Remarks", remarks)).sentence("");
    }
    judged.ifPresentOrElse(
        all -> {
          answer(document, all);
          document.add(new Commands("Next", List.of(all.next)).only(Form.TEXT));
        },
        () -> {
          if (!written.isEmpty()) {
            document.headline("Converted without data: nothing was measured.");
          }
        });
    if (!written.isEmpty()) {
      document.sentence(
          "%s written%s."
              .formatted(
                  written,
                  converted.filter(Network::random).isPresent()
                      ? ""
                      : "; no neuron became random"));
    }
    return document;
  }

  private static void answer(Document document, Judged all) {
    Advice advice = all.compared.advice();
    if (all.unfit.isPresent()) {
      VerdictDocument.addNone(document, all.unfit.get());
      document.fact("advice", Advice.Kind.NO_ANSWER.toString());
      return;
    }
    new VerdictDocument(advice.question(), advice.pricing(), advice.names())
        .addTo(document, ConversionFigures.seeds(all.compared));
    document.fact("advice", advice.kind().toString());
    advice
        .sentence()
        .ifPresent(sentence ->
            document
                .sentence(sentence)
                .add(new Prose("Advice", List.of(sentence)).only(Form.PAGE)));
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

  private static Table curve(Compared compared) {
    ModelNames names = compared.names();
    return new Rows<>(compared.rows())
        .add("network", "network", row -> names.model(row.trial().setting()))
        .add("neuron", "neuron", row -> row.trial().setting().neuron())
        .add("samples", "T", row -> row.point().samples())
        .add("scheme", "scheme", row -> Scheme.nameOf(row.point().scheme()))
        .add(Column.percent("accuracy", "accuracy"), row -> row.point().accuracy())
        .add(
            Column.of("negativeLogLikelihood", "NLL").as("%.4f"),
            row -> row.point().negativeLogLikelihood())
        .add(Column.kept("brier"), row -> row.point().brier())
        .add(
            Column.percent("expectedCalibrationError", "ECE"),
            row -> row.point().expectedCalibrationError())
        .add(
            Column.of("equivalentSamples", "N_eq").as("%.1f"),
            row -> row.point().equivalentSamples())
        .add(Column.kept("agreement"), row -> row.point().agreement())
        .add(Column.of("totalNanojoules", "energy").in("nJ").as("%,.1f"), compared::nanojoules)
        .add(Column.of("gain", "gain").as("%.2f"), compared::gain)
        .table(
            "curve",
            "All points",
            "%,d test images, all networks %s; energy on %s, the gain over the original."
                .formatted(
                    compared.original().trial().runs().getFirst().inputs(),
                    compared.arithmetic(),
                    compared.pricing().technology().name()));
  }
}
