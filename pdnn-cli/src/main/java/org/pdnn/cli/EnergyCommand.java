package org.pdnn.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pdnn.energy.Convention;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Technology;
import org.pdnn.energy.Workload;
import org.pdnn.evaluation.Environment;
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
      "  pdnn energy paper:vgg5",
      "  pdnn energy paper:vgg5 --technology hbm2-sram65 --convention strict --samples 1..32",
      "  pdnn energy p5.safetensors --samples 10 --layers",
      "  pdnn energy paper:vgg5 --samples 10 --sweep-memory 0..5:0.5 --format csv",
      "  pdnn energy paper:vgg5 --convention strict --scheme scrambled --weight-bits 8",
      "  pdnn energy paper:fpga-vae          equation 3 on the FPGA, as in fig. 8",
      "  pdnn energy config.json --prompt 1000 --generate 200 --batch 8    joules per token",
      "  pdnn energy --list-technologies"
    })
final class EnergyCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description =
          "A model file; paper:vgg5, paper:fpga-vae, paper:qmc or paper:celeba-vae; or the"
              + " config.json of a language model (Llama, Mistral, Qwen, GPT-2) on Hugging Face.")
  private @Nullable String model;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Option(
      names = "--technology",
      paramLabel = "NAME|FILE",
      description =
          "One of --list-technologies, or a file of constants (default: the preset's own; sram65"
              + " for model files, jouppi7-float-hbm2 for language models).")
  private @Nullable String technology;

  @Option(
      names = "--list-technologies",
      description = "Instead, print all shipped technologies with the sources of their constants.")
  private boolean listTechnologies;

  @Option(
      names = "--samples",
      paramLabel = "T,...",
      defaultValue = "1,2,4,8,16,32",
      converter = SampleCounts.class,
      description = "Numbers of samples (default: ${DEFAULT-VALUE}).")
  private SampleCounts.Counts samples = new SampleCounts.Counts(List.of(1));

  @Mixin private final ConventionOptions choices = new ConventionOptions();

  @Option(names = "--layers", description = "Show each layer instead of each T (first T only).")
  private boolean layers;

  @Option(
      names = "--sweep-memory",
      paramLabel = "FROM..TO:STEP",
      converter = MemoryRange.Converter.class,
      description = "Sweep the energy of reading a weight, in pJ per bit, at the first T.")
  private @Nullable MemoryRange sweep;

  @Mixin private final LanguageOptions language = new LanguageOptions();

  @Option(names = "--seed", defaultValue = "1", description = "Noted; nothing here is random.")
  private long seed = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    output.print(
        spec.commandLine().getOut(), listTechnologies ? TechnologyTable.document() : priced());
    return 0;
  }

  private OutputOptions.Document priced() throws IOException {
    if (model == null) {
      throw new ParameterException(spec.commandLine(), "MODEL is missing; try paper:vgg5");
    }
    EnergySubject subject = EnergySubject.of(model, language);
    Convention convention = choices.convention(subject.convention());
    Technology priced =
        language.in(technology(Objects.requireNonNullElse(technology, subject.technology())));
    EnergyTables tables = new EnergyTables(new EnergyModel(priced, convention), subject);
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("model", model);
    if (subject.language()) {
      json.put("prediction", true).put("description", subject.workloads().getFirst().name());
    }
    int first = samples.values().getFirst();
    TextTable table;
    if (sweep != null) {
      table = tables.sweep(first, sweep, json);
    } else if (layers) {
      table = tables.layers(first, json);
    } else {
      // Without random neurons all rows are alike.
      boolean alike = subject.language() && !language.random();
      table = tables.curve(alike ? List.of(1) : samples.values(), json);
    }
    explain(subject.workloads().getFirst(), priced, convention, json, table);
    return new OutputOptions.Document(table, json);
  }

  /// What is taken for granted, below the table and as provenance.
  private void explain(
      Workload workload,
      Technology priced,
      Convention convention,
      ObjectNode json,
      TextTable table) {
    List<String> assumptions =
        Stream.concat(convention.assumptions().stream(), workload.assumptions().stream()).toList();
    ObjectNode provenance = json.putObject("provenance");
    provenance
        .put("seed", seed)
        .put("technology", priced.name())
        .put("estimate", priced.estimate())
        .put("convention", convention.name());
    convention.choices().forEach(provenance.putObject("choices")::put);
    provenance.put("version", Environment.here().version());
    assumptions.forEach(provenance.putArray("assumptions")::add);
    table.after(
        "%s on %s: %s.\nConvention %s:\n  %s"
            .formatted(
                workload.name(),
                priced,
                priced.description(),
                convention,
                String.join("\n  ", assumptions)));
  }

  /// A shipped technology by its name, or a user's from a file.
  static Technology technology(String name) throws IOException {
    Path file = Path.of(name);
    return name.endsWith(".json") || Files.exists(file)
        ? Technology.read(file)
        : Technology.named(name);
  }
}
