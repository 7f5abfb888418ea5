package org.pdnn.cli.energy;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Assumptions;
import org.pdnn.cli.option.Candidates;
import org.pdnn.cli.option.ConventionOptions;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.ReportOption;
import org.pdnn.cli.option.SamplesOption;
import org.pdnn.cli.option.TechnologyOption;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.network.Neuron;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Prose;
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
    description = "Predict the energy of one inference against the number of samples (eq. 4).",
    footer = {
      "",
      "Examples:",
      "  pdnn energy paper:vgg5 --samples 1..32",
      "  pdnn energy mlp:784-64-10 --layers                before there are weights",
      "  pdnn energy p5.safetensors --samples 10 --layers",
      "  pdnn energy network.json --neuron tanh            see docs/energy.md",
      "  pdnn energy paper:vgg5 --technology hbm2-sram65 --chart vgg5-energy",
      "  pdnn energy paper:vgg5 --sweep-memory 0..5:0.5 --format csv",
      "  pdnn energy paper:vgg5 --break-even               how many samples pay",
      "  pdnn energy paper:fpga-vae --parallel 4 --pass-time 2.04ms",
      "  pdnn energy config.json --prompt 1000 --generate 200     joules per token"
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

  @Heading("Network")
  @Option(
      names = "--neuron",
      paramLabel = "NEURON",
      description =
          "Replace every hidden neuron by this one: pbit, pbit:tanh, sigmoid:3bit (default: MODEL's"
              + " own; pbit:sigmoid where it has none).")
  private @Nullable String neuron;

  @Mixin private final SamplesOption samples = new SamplesOption();
  @ArgGroup private final EnergyQuestion question = new EnergyQuestion();

  @Mixin private final LatencyOptions latency = new LatencyOptions();
  @Mixin private final LanguageOptions language = new LanguageOptions();

  @Heading("Energy model")
  @Option(
      names = "--technology",
      completionCandidates = Candidates.Technologies.class,
      paramLabel = "NAME|FILE",
      description =
          "One of pdnn list technologies, or a file of constants (default: the preset's own; sram65"
              + " for model files, jouppi7-float-hbm2 for language models).")
  private @Nullable String technology;

  @Mixin private final ConventionOptions choices = new ConventionOptions();
  @Mixin private final ReportOption report = new ReportOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (model == null) {
      throw new ParameterException(spec.commandLine(), "MODEL is missing; try paper:vgg5");
    }
    if (latency.asked() && question.asked()) {
      throw new ParameterException(
          spec.commandLine(), "--parallel and --pass-time apply only to the energy against T");
    }
    EnergySubject subject = EnergySubject.of(model, hidden(), choices.weightBits(), language);
    Technology priced =
        language.in(
            TechnologyOption.read(Objects.requireNonNullElse(technology, subject.technology())));
    EnergyModel energy = new EnergyModel(priced, choices.convention(subject.conventions()));
    if (choices.weightBits().isEmpty()) {
      PrintWriter notices = spec.commandLine().getErr();
      subject.warnings().forEach(warning -> notices.println("pdnn: " + warning));
    }
    Document document = document(model, subject, energy);
    report.write(document);
    output.print(spec.commandLine().getOut(), document);
    return 0;
  }

  private Optional<Neuron> hidden() {
    return Optional.ofNullable(neuron)
        .map(text -> Neuron.parse(text.equals("pbit") ? "pbit:sigmoid" : text));
  }

  private Document document(String name, EnergySubject subject, EnergyModel energy) {
    // Without random neurons all rows of a language model are alike.
    boolean alike = subject.language() && !hidden().map(Neuron::random).orElse(false);
    List<Integer> counts = alike ? List.of(1) : samples.counts();
    Workload workload = subject.workloads().getFirst();
    String title = "%s on %s".formatted(workload.name(), energy.technology());
    Document document =
        new Document(title)
            .fact("model", name)
            .fact("technology", TechnologyDocument.facts(energy.placed()));
    if (subject.language()) {
      document.fact("prediction", true).fact("description", workload.name());
    }
    question.answer(document, energy, subject, counts, latency);
    document.sentence("%s: %s.".formatted(title, energy.technology().description()));
    explain(document, subject, energy);
    return document;
  }

  /// What is taken for granted, below the table and as provenance.
  private void explain(Document document, EnergySubject subject, EnergyModel energy) {
    Convention convention = energy.convention();
    List<String> assumptions =
        new ArrayList<>(convention.assumptions(subject.workloads().getFirst()));
    if (latency.asked()) {
      assumptions.add(latency.assumption());
    }
    String label = convention.label(subject.conventions());
    document.add(new Prose("Convention " + label, assumptions).only(Form.TEXT));
    new Assumptions(energy.technology(), convention, label, assumptions).addTo(document);
    subject.note(document);
    document.provenance("choices", convention.choices());
  }
}
