package org.pdnn.cli.tradeoff;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Notice;
import org.pdnn.cli.input.MeasuredNetworks;
import org.pdnn.cli.option.Assumptions;
import org.pdnn.cli.option.ChargeOptions;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.ReportOption;
import org.pdnn.cli.option.Share;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.energy.Convention;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.ResultFile;
import org.pdnn.report.Document;
import org.pdnn.tradeoff.Configuration;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Tradeoff;
import org.pdnn.tradeoff.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn tradeoff`: samples or bits, from what was measured.
@Command(
    name = "tradeoff",
    mixinStandardHelpOptions = true,
    description =
        "Samples or bits? Prices measured results and shows the Pareto front of accuracy against"
            + " energy.",
    footer = {
      "",
      "Results come from evaluate --results and from study. Each point is priced as it"
          + " was run: by its T, scheme, bits of weights and activations, and last layer. Of a"
          + " setting measured twice the last measurement counts.",
      "",
      "Examples:",
      "  pdnn tradeoff pdnn-study/results.jsonl",
      "  pdnn tradeoff results.jsonl --under 500nJ --at-least 95%%",
      "  pdnn tradeoff results.jsonl --technology jouppi7-hbm2 --chart tradeoff",
      "  pdnn tradeoff results.jsonl --model moved/p5.safetensors --format json"
    })
public final class TradeoffCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RESULTS",
      arity = "1..*",
      description = "Files of JSON lines, all of the same data.")
  private List<Path> results = List.of();

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "A model that no longer lies where the results say; found by its hash. Repeatable.")
  private List<Path> models = List.of();

  @Mixin private final TechnologyOption technology = new TechnologyOption();

  @Heading("Energy model")
  @Option(
      names = "--convention",
      paramLabel = "paper|strict",
      defaultValue = "strict",
      description =
          "What is counted: as in the paper's fig. 6b, or what the algorithm does (default:"
              + " ${DEFAULT-VALUE}).")
  private String convention = "strict";

  @Mixin private final ChargeOptions charges = new ChargeOptions();

  @Option(
      names = "--under",
      paramLabel = "ENERGY",
      description = "Also name the best configuration under this energy, as in 500nJ.")
  private @Nullable Joules under;

  @Option(
      names = "--at-least",
      paramLabel = "ACCURACY",
      converter = Share.class,
      description = "Also name the cheapest configuration with at least this accuracy, as in 95%%.")
  private @Nullable Double atLeast;

  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Technology priced = technology.read();
    Convention charged = charges.in(Convention.named(convention));
    List<ResultFile.Line> lines = lines();
    Pricing pricing = new Pricing(priced, charged);
    List<Configuration> configurations = configurations(lines, pricing);
    TradeoffDocument found =
        TradeoffDocument.of(Tradeoff.of(configurations), fewestSeeds(lines, configurations));
    String data = lines.getFirst().data();
    Document document =
        new Document("%s on %s: samples or bits?".formatted(data, priced))
            .fact("data", data)
            .sentence(
                "Accuracy on %s against energy on %s, convention %s."
                    .formatted(data, priced, charged))
            .add(found.figure())
            .add(found.table());
    answer(document, found);
    document.sentence(found.overlaps());
    new Assumptions(priced, charged, charged.toString(), pricing.assumptions()).addTo(document);
    lines
        .getFirst()
        .provenance()
        .dataSha256()
        .ifPresent(hash -> document.provenance("dataSha256", hash));
    document.provenance(
        "results", results.stream().map(file -> String.valueOf(file.getFileName())).toList());
    report.write(document);
    output.print(spec.commandLine().getOut(), document);
    return 0;
  }

  /// All lines of all files, of one set of data.
  private List<ResultFile.Line> lines() throws IOException {
    PrintWriter notices = spec.commandLine().getErr();
    List<ResultFile.Line> lines = new ArrayList<>();
    for (Path file : results) {
      List<ResultFile.Line> read = ResultFile.read(file, remark -> Notice.tell(notices, remark));
      if (read.isEmpty()) {
        throw new IOException(file + " holds no results");
      }
      lines.addAll(read);
    }
    // Each measurement of a model adds a line for its twin, which is always the same.
    Set<String> twins = new HashSet<>();
    lines.removeIf(
        line -> line.twin() && !twins.add(line.model() + line.provenance().modelSha256()));
    List<String> data =
        lines.stream()
            .map(line ->
                line.data() + line.provenance().dataSha256().map(TradeoffCommand::brief).orElse(""))
            .distinct()
            .toList();
    if (data.size() > 1) {
      throw new IllegalArgumentException(
          "accuracies on different data cannot be compared; name results of one of these: "
              + String.join(", ", data));
    }
    return lines;
  }

  private static String brief(String sha256) {
    return " (SHA-256 %.8s...)".formatted(sha256);
  }

  private List<Configuration> configurations(List<ResultFile.Line> lines, Pricing pricing)
      throws IOException {
    MeasuredNetworks networks = new MeasuredNetworks(models);
    List<Configuration> configurations = new ArrayList<>();
    for (ResultFile.Line line : lines) {
      configurations.add(pricing.of(Trial.of(line, networks.of(line))));
    }
    return configurations;
  }

  /// The fewest noise seeds where anything is drawn.
  private static int fewestSeeds(List<ResultFile.Line> lines, List<Configuration> configurations) {
    return IntStream.range(0, lines.size())
        .filter(i -> configurations.get(i).setting().scheme().isPresent())
        .map(i -> lines.get(i).provenance().seeds())
        .min()
        .orElse(Estimate.FEWEST_REPETITIONS);
  }

  /// Adds the best configuration within each limit; without a limit, whether samples or bits are
  /// better.
  private void answer(Document document, TradeoffDocument found) {
    List<String> answers = new ArrayList<>();
    if (under != null) {
      Optional<Configuration> best = found.tradeoff().bestUnder(under);
      best.ifPresent(one -> document.fact("bestUnder", found.facts(one)));
      answers.add(found.under(under, best));
    }
    if (atLeast != null) {
      Optional<Configuration> cheapest = found.tradeoff().cheapestWithAtLeast(atLeast);
      cheapest.ifPresent(one -> document.fact("cheapestWithAtLeast", found.facts(one)));
      answers.add(found.atLeast(atLeast, cheapest));
    }
    document.headline(answers.isEmpty() ? found.answer() : String.join("\n", answers));
  }
}
