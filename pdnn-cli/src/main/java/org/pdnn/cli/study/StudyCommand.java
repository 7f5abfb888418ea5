package org.pdnn.cli.study;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.SweepDisplay;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.MeasuredNetworks;
import org.pdnn.cli.input.ModelData;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.FormatOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.cli.option.ThreadsOption;
import org.pdnn.cli.option.Within;
import org.pdnn.cli.tradeoff.MeasuredTrials;
import org.pdnn.data.DataSet;
import org.pdnn.energy.Technology;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.ReportFiles;
import org.pdnn.report.Sentence;
import org.pdnn.sweep.Sweep;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn study`: the main job.
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    description =
        "More samples or more bits? Trains p-DNNs and their deterministic twins, measures accuracy"
            + " and energy, writes a report.",
    footer = {
      "",
      "Writes report.html and report.md, figures and tables as CSV and JSON, models and"
          + " results.jsonl.",
      "",
      "Examples:",
      "  pdnn study                            built-in digits, under two minutes",
      "  pdnn study --data mnist --budget full --out mnist-study",
      "  pdnn study --data cifar10 --network vgg5 --epochs 10"
    })
public final class StudyCommand implements Callable<Integer> {
  /// Trained unless another is named.
  static final String NETWORK = "cnn:8-16";

  @Mixin private final DataOptions data = new DataOptions();

  @Heading("Training")
  @Option(
      names = "--network",
      paramLabel = "NAME",
      completionCandidates = Candidates.Networks.class,
      defaultValue = NETWORK,
      description =
          "cnn:CHANNELS, mlp:SIZES, vgg5, resnet8 or vgg5:pool-first (default: ${DEFAULT-VALUE}).")
  private String network = NETWORK;

  @Heading("Training")
  @Option(
      names = "--budget",
      paramLabel = "quick|full",
      defaultValue = "quick",
      description = "quick: under two minutes on two cores; full: to convergence (default: quick).")
  private Study.Budget budget = Study.Budget.QUICK;

  @Heading("Training")
  @Option(
      names = "--epochs",
      paramLabel = "E",
      description =
          "Epochs of the first network, in place of the budget's; the compared networks"
              + " continue from it for half as many.")
  @Within(least = 1, most = 1_000_000)
  private @Nullable Integer epochs;

  @Mixin private final TechnologyOption technology = new TechnologyOption();
  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final ThreadsOption threads = new ThreadsOption();

  @Heading("Output")
  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "pdnn-study",
      description = "Folder of the report (default: pdnn-study).")
  private Path out = Path.of("pdnn-study");

  @Mixin private final FormatOption format = new FormatOption();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Technology priced = technology.read();
    PrintWriter err = spec.commandLine().getErr();
    DataSet set = data.open(budget.trainingImages, budget.testImages, err);
    Study study =
        new Study(
            budget, Objects.requireNonNullElse(epochs, budget.epochs), set, network, seed.value());
    List<StudyCurve> curves;
    try (SweepDisplay display = new SweepDisplay("study", err)) {
      Sweep sweep = new Sweep(out.resolve("cells"), threads.count(), display);
      curves = study.run(sweep, ModelData.remembered(data.name(), set), out);
    }
    MeasuredTrials measured =
        MeasuredTrials.read(List.of(Study.results(out)), new MeasuredNetworks(List.of()), _ -> {});
    StudyExplorer explorer = new StudyExplorer(study, curves);
    Optional<StudyExplorer> explored =
        explorer.write(priced, out) ? Optional.of(explorer) : Optional.empty();
    Document document = new StudyDocument(study, priced, curves, measured, explored).document();
    String page = ReportFiles.write(document, out).getFirst().toString();
    document.fact("report", page).add(new Sentence("Report: " + page).only(Form.TEXT));
    format.print(spec.commandLine().getOut(), document);
    return 0;
  }
}
