package org.pdnn.cli.evaluate;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pdnn.cli.input.DataOptions;
import org.pdnn.cli.input.ModelArgument;
import org.pdnn.cli.input.NeuronOption;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.SeedOption;
import org.pdnn.cli.option.Within;
import org.pdnn.data.Images;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.ModelFile;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Rows;
import org.pdnn.sampling.FiringRates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn firing-rates`: how often the bits that each layer of weights reads are 1, in the form that
/// `pdnn energy --additions` takes.
@Command(
    name = "firing-rates",
    mixinStandardHelpOptions = true,
    description =
        "Measure how often the bits that each layer of weights reads are 1, for pdnn energy.",
    footer = {
      "",
      "Examples:",
      "  pdnn firing-rates p5.safetensors",
      "  pdnn energy p5.safetensors --additions 1,0.31,0.28    charges them"
    })
public final class FiringRatesCommand implements Callable<Integer> {
  private static final int SAMPLES = 2;

  @Mixin private final ModelArgument model = new ModelArgument();
  @Mixin private final DataOptions data = new DataOptions();
  @Mixin private final NeuronOption neuron = new NeuronOption();

  /// By default the noise is below a thousandth in hidden layers of a thousand bits.
  @Heading("Data")
  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "64",
      description = "Training images to measure on (default: ${DEFAULT-VALUE}, or all).")
  @Within(least = 1, most = 1 << 12)
  private int images = 64;

  @Mixin private final SeedOption seed = new SeedOption();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    ModelFile file = model.read();
    Network network = neuron.in(file.network());
    if (!network.random()) {
      throw new IllegalArgumentException(
          "%s has no p-bits: its layers read real numbers, all of which add; use --additions always"
              .formatted(neuron.named(file)));
    }
    Images some =
        data.open(file, spec.commandLine().getErr()).training().atMost(images, seed.value());
    float[][] inputs = LabelledInputs.of(some).read(0, some.count(), network.input().size());
    List<Double> rates =
        FiringRates.of(network, List.of(inputs), SAMPLES, new Philox(seed.value()));
    output.print(
        spec.commandLine().getOut(),
        document(rates)
            .fact("model", neuron.named(file))
            .fact("data", some.name())
            .fact("images", some.count())
            .provenance("seed", seed.value())
            .provenance("samples", SAMPLES)
            .provenance("modelSha256", file.sha256())
            .provenance("dataSha256", some.sha256()));
    return 0;
  }

  private static Document document(List<Double> rates) {
    String additions =
        rates.stream().map(FiringRatesCommand::rounded).collect(Collectors.joining(","));
    return new Document("Firing rates")
        .fact("additions", additions)
        .add(
            new Rows<>(IntStream.range(0, rates.size()).boxed().toList())
                .add("layer", "layer of weights", layer -> layer)
                .add(Column.of("firingRate", "share of 1").as("%.4f"), rates::get)
                .table(
                    "firing-rates", "Firing rates", "For pdnn energy: --additions " + additions));
  }

  /// As an argument of `--additions`.
  private static String rounded(double rate) {
    return rate == 1 ? "1" : String.format(Locale.ROOT, "%.4f", rate);
  }
}
