package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.ConventionOptions;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.ReportOption;
import org.pdnn.cli.option.SampleCounts;
import org.pdnn.cli.option.TextTable;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Environment;
import org.pdnn.network.Neuron;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `pdnn energy`: what a network's inference costs, before anyone builds it.
@Command(
    name = "energy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Predict the energy of one inference against the number of samples (eq. 4).",
    footer = {
      "",
      "Examples:",
      "  pdnn energy mlp:784-64-10 --layers     before there are weights",
      "  pdnn energy network.json --neuron tanh      layers as docs/energy.md tells",
      "  pdnn energy paper:vgg5",
      "  pdnn energy paper:vgg5 --technology hbm2-sram65 --samples 1..32",
      "  pdnn energy p5.safetensors --samples 10 --layers",
      "  pdnn energy paper:vgg5 --samples 10 --sweep-memory 0..5:0.5 --format csv",
      "  pdnn energy paper:vgg5 --convention strict --scheme scrambled --weight-bits 8",
      "  pdnn energy paper:vgg5 --break-even    how many samples pay",
      "  pdnn energy paper:vgg5 --sweep-fan-in 16..512:16",
      "  pdnn energy paper:vgg5 --parallel 4 --pass-time 2.04ms --chart vgg5-energy",
      "  pdnn energy paper:fpga-vae          equation 3 on the FPGA, as in fig. 8",
      "  pdnn energy config.json --prompt 1000 --generate 200    joules per token"
    })
public final class EnergyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description =
          "A network by name (mlp:784-64-10, vgg5, paper:...; see pdnn list models), its"
              + " architecture in JSON, a model file, or the config.json of a language model on"
              + " Hugging Face.")
  private @Nullable String model;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--technology",
      completionCandidates = Candidates.Technologies.class,
      paramLabel = "NAME|FILE",
      description =
          "One of pdnn list technologies, or a file of constants (default: the preset's own; sram65"
              + " for model files, jouppi7-float-hbm2 for language models).")
  private @Nullable String technology;

  @Option(
      names = "--neuron",
      paramLabel = "NEURON",
      description =
          "Put this in place of the hidden neurons: pbit, pbit:tanh, sigmoid:3bit (default: MODEL's"
              + " own; pbit:sigmoid where it has none).")
  private @Nullable String neuron;

  @Option(
      names = "--samples",
      paramLabel = "T,...",
      defaultValue = "1,2,4,8,16,32",
      converter = SampleCounts.class,
      description = "Numbers of samples (default: ${DEFAULT-VALUE}).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(1));

  @Mixin private final ConventionOptions choices = new ConventionOptions();

  @ArgGroup private final EnergyQuestion question = new EnergyQuestion();

  @Mixin private final LatencyOptions latency = new LatencyOptions();
  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final LanguageOptions language = new LanguageOptions();

  @Option(names = "--seed", defaultValue = "1", description = "Noted; nothing here is random.")
  private long seed = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    output.print(spec.commandLine().getOut(), priced());
    return 0;
  }

  private OutputOptions.Document priced() throws IOException {
    if (model == null) {
      throw new ParameterException(spec.commandLine(), "MODEL is missing; try paper:vgg5");
    }
    EnergySubject subject = EnergySubject.of(model, hidden(), language);
    Convention convention = choices.convention(subject.convention());
    Technology priced =
        language.in(technology(Objects.requireNonNullElse(technology, subject.technology())));
    EnergyModel energy = new EnergyModel(priced, convention);
    if (latency.asked() && question.asked()) {
      throw new ParameterException(
          spec.commandLine(), "--parallel and --pass-time go with the energy against T alone");
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("model", model);
    if (subject.language()) {
      json.put("prediction", true).put("description", subject.workloads().getFirst().name());
    }
    TechnologyTable.put(energy.placed(), json.putObject("technology"));
    if (!choices.saysWeightBits()) {
      PrintWriter notices = spec.commandLine().getErr();
      subject.warnings().forEach(warning -> notices.println("pdnn: " + warning));
    }
    TextTable table = answer(energy, subject, json);
    table.before((subject.sentence() + "\n" + table.before()).strip());
    explain(subject, energy, json, table);
    return new OutputOptions.Document(table, json);
  }

  private Optional<Neuron> hidden() {
    return Optional.ofNullable(neuron)
        .map(text -> Neuron.parse(text.equals("pbit") ? "pbit:sigmoid" : text));
  }

  private TextTable answer(EnergyModel energy, EnergySubject subject, ObjectNode json) {
    EnergyAnswers answers = new EnergyAnswers(energy, subject);
    // Without random neurons all rows of a language model are alike.
    boolean alike = subject.language() && !hidden().map(Neuron::random).orElse(false);
    List<Integer> counts = alike ? List.of(1) : samples.values();
    int first = samples.values().getFirst();
    if (question.memory != null) {
      return answers.sweepMemory(first, question.memory, json);
    } else if (question.bits != null) {
      return answers.sweepBits(first, question.bits, json);
    } else if (question.fanIn != null) {
      return answers.sweepFanIn(first, question.fanIn, json);
    } else if (question.breakEven) {
      return new BreakEvenTable(energy, subject).of(counts, json);
    } else if (question.layers) {
      return new EnergyLayers(energy, subject).of(first, json);
    }
    return answers.curve(counts, latency, json);
  }

  /// What is taken for granted, below the table and as provenance.
  private void explain(EnergySubject subject, EnergyModel energy, ObjectNode json, TextTable table)
      throws IOException {
    Workload workload = subject.workloads().getFirst();
    Technology priced = energy.technology();
    Convention convention = energy.convention();
    String told = convention.label(subject.convention().widths());
    List<String> assumptions = new ArrayList<>(convention.assumptions(workload));
    if (latency.asked()) {
      assumptions.add(latency.assumption());
    }
    ObjectNode provenance = json.putObject("provenance");
    provenance
        .put("seed", seed)
        .put("technology", priced.name())
        .put("estimate", priced.estimate())
        .put("convention", convention.name());
    subject.put(provenance);
    convention.choices().forEach(provenance.putObject("choices")::put);
    provenance.put("version", Environment.here().version());
    assumptions.forEach(provenance.putArray("assumptions")::add);
    report.write(
        "%s on %s".formatted(workload.name(), priced),
        headline(table),
        report.asked() ? EnergyFigures.of(json) : List.of(),
        table,
        told,
        assumptions,
        json);
    table.after(
        "%s on %s: %s.\nConvention %s:\n  %s"
            .formatted(
                workload.name(),
                priced,
                priced.description(),
                told,
                String.join("\n  ", assumptions)));
  }

  /// The sentences above the table, without their sums.
  private static String headline(TextTable table) {
    return table
        .before()
        .lines()
        .filter(line -> !line.startsWith(" "))
        .collect(Collectors.joining(" "));
  }

  /// A shipped technology by its name, or a user's from a file.
  public static Technology technology(String name) throws IOException {
    Path file = Path.of(name);
    return name.endsWith(".json") || Files.exists(file)
        ? Technology.read(file)
        : Technology.named(name);
  }
}
