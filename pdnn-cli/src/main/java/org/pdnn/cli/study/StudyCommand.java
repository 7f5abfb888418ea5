package org.pdnn.cli.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.energy.EnergyCommand;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelData;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.Summary;
import org.pdnn.cli.option.TextTable;
import org.pdnn.cli.option.Within;
import org.pdnn.data.DataSet;
import org.pdnn.energy.Technology;
import org.pdnn.report.ReportFiles;
import org.pdnn.sampling.Workers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn study`: the main job.
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "More samples or more bits? Trains p-DNNs and their deterministic twins, measures accuracy"
            + " and energy, writes a report.",
    footer = {
      "",
      "Writes report.html and report.md, figures and tables as CSV and JSON, models and"
          + " results.jsonl.",
      "",
      "Examples:",
      "  pdnn study                            built-in digits, about a minute",
      "  pdnn study --data mnist --budget full --out mnist-study",
      "  pdnn study --data cifar10 --network vgg5 --epochs 10"
    })
public final class StudyCommand implements Callable<Integer> {
  /// How much a study may take.
  enum Budget {
    QUICK,
    FULL
  }

  @Mixin private final DataOptions data = new DataOptions();

  @Option(
      names = "--network",
      completionCandidates = Candidates.Networks.class,
      defaultValue = "mlp",
      description = "mlp, mlp:SIZES or vgg5 (default: mlp).")
  private String network = "mlp";

  @Option(
      names = "--budget",
      paramLabel = "quick|full",
      defaultValue = "quick",
      description = "quick: about a minute on two cores; full: to convergence (default: quick).")
  private Budget budget = Budget.QUICK;

  @Option(names = "--epochs", paramLabel = "E", description = "Epochs, in place of the budget's.")
  @Within(least = 1, most = 1_000_000)
  private @Nullable Integer epochs;

  @Option(
      names = "--technology",
      completionCandidates = Candidates.Technologies.class,
      paramLabel = "NAME|FILE",
      defaultValue = "sram65",
      description = "What the energies are predicted for (default: sram65).")
  private String technology = "sram65";

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of data, weights and noise (default: 1).")
  private long seed = 1;

  @Option(names = "--threads", description = "Networks at once (default: all processors).")
  @Within(least = 1, most = Bounds.THREADS)
  private int threads = Workers.all();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "pdnn-study",
      description = "Folder of the report (default: pdnn-study).")
  private Path out = Path.of("pdnn-study");

  @Option(
      names = "--format",
      paramLabel = "text|json|csv",
      defaultValue = "text",
      description = "Form of the summary on standard output (default: text).")
  private OutputOptions.Format format = OutputOptions.Format.TEXT;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Study study = budget == Budget.QUICK ? Study.quick() : Study.full();
    if (epochs != null) {
      study = study.withEpochs(epochs);
    }
    Technology priced = EnergyCommand.technology(technology);
    DataSet set =
        data.open(study.trainingImages(), study.testImages(), spec.commandLine().getErr());
    Laboratory laboratory =
        new Laboratory(
            study, set, ModelData.remembered(data.name(), set), network, seed, threads, out);
    List<Finding> findings = laboratory.run(spec.commandLine().getErr());
    StudyReport report = new StudyReport(study, set, network, seed, priced, findings);
    List<Path> files = ReportFiles.write(report.build(), out);
    summary(report, findings, files.getFirst()).print(spec.commandLine().getOut(), format);
    return 0;
  }

  private static Summary summary(StudyReport report, List<Finding> findings, Path page) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("verdict", report.verdict()).put("report", page.toString());
    ArrayNode curves = json.putArray("curves");
    TextTable table = new TextTable("network", "samples", "T", "accuracy %");
    for (Finding finding : findings) {
      curves
          .addObject()
          .put("network", finding.contestant().name())
          .set("result", finding.result().toJson());
      finding
          .curve()
          .points()
          .forEach(point ->
              table.row(
                  finding.contestant().name(),
                  finding.samplesScheme(),
                  point.samples(),
                  String.format(Locale.ROOT, "%.2f", 100 * point.accuracy().value())));
    }
    json.set("provenance", findings.getFirst().result().provenance().toJson());
    return new Summary(
        table.toText() + "\n" + report.verdict() + "\nReport: " + page, json, table.toCsv());
  }
}
