package org.pdnn.cli.tradeoff;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
import org.pdnn.energy.Technology;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.tradeoff.Pricing;
import org.pdnn.tradeoff.Tradeoff;
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
      "Results come from evaluate --results and from study. Each point is priced as it was run:"
          + " by its T, scheme, bits of weights and activations, and last layer. If a setting was"
          + " measured twice, the last measurement counts.",
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
  @Mixin private final QuestionOptions question = new QuestionOptions();

  @Heading("Question")
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
    PrintWriter notices = spec.commandLine().getErr();
    MeasuredTrials measured =
        MeasuredTrials.read(
            results, new MeasuredNetworks(models), remark -> Notice.tell(notices, remark));
    Pricing pricing = new Pricing(priced, charged);
    ModelNames names = ModelNames.of(measured.trials());
    TradeoffDocument found =
        new TradeoffDocument(
            Tradeoff.of(measured.trials().stream().map(pricing::of).toList()),
            measured.seeds(),
            names);
    List<VerdictDocument> verdicts =
        measured.questions(question.tolerance()).stream()
            .map(one -> new VerdictDocument(one, pricing, names))
            .toList();
    Document document =
        new Document("%s on %s: samples or bits?".formatted(measured.data(), priced))
            .fact("data", measured.data())
            .sentence(
                "Accuracy on %s against energy on %s, convention %s."
                    .formatted(measured.data(), priced, charged))
            .add(found.table().only(Form.TEXT, Form.JSON, Form.CSV));
    document.add(question.answer(found));
    if (atLeast != null) {
      document.add(found.atLeast(atLeast));
    }
    document.sentence(found.overlaps());
    verdicts.getFirst().addTo(document, measured.seeds());
    for (VerdictDocument other : verdicts.subList(1, verdicts.size())) {
      document
          .sentence(
              "Apart, since other widths are not comparable, with %s: %s"
                  .formatted(other.weights().words(), other.sentence()))
          .add(other.chart("accuracy-against-energy-weights-" + other.weights(), measured.seeds()));
    }
    document.add(found.table().only(Form.PAGE));
    new Assumptions(priced, charged, charged.toString(), pricing.assumptions()).addTo(document);
    measured.dataSha256().ifPresent(hash -> document.provenance("dataSha256", hash));
    document.provenance(
        "results", results.stream().map(file -> String.valueOf(file.getFileName())).toList());
    report.write(document);
    output.print(spec.commandLine().getOut(), document);
    return 0;
  }
}
