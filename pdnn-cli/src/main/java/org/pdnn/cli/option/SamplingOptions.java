package org.pdnn.cli.option;

import java.io.IOException;
import java.io.PrintWriter;
import org.pdnn.network.InputForm;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Imperfection;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How samples of a model are drawn, and what they are computed in.
@Heading("Sampling")
public final class SamplingOptions {
  @Option(
      names = "--last",
      paramLabel = "bits|expectation",
      defaultValue = "bits",
      description = "What the last hidden layer passes on (default: ${DEFAULT-VALUE}).")
  private LastHidden last = LastHidden.BITS;

  @Mixin private final SchemeOption scheme = new SchemeOption();
  @Mixin private final PrecisionOption weights = new PrecisionOption();
  @Mixin private final GeneratorOption generator = new GeneratorOption();
  @Mixin private final NoiseOption noise = new NoiseOption();

  public Scheme scheme() {
    return scheme.value();
  }

  public LastHidden last() {
    return last;
  }

  /// The imperfection of the random words.
  ///
  /// @param samples T, the longest
  /// @throws IllegalArgumentException if a run would not show it
  public Imperfection imperfection(int samples) throws IOException {
    return noise.of(scheme.value(), samples);
  }

  /// The random words of a run.
  ///
  /// @throws IllegalArgumentException if the generator has no such run
  public GeneratorOption.Words words(
      Network network, Precision precision, Run run, Imperfection imperfection) {
    return generator.of(network, precision, run, imperfection);
  }

  /// What a run is computed in; see [PrecisionOption#of].
  public Precision precision(Network network, InputForm form, Run run, PrintWriter notices) {
    return weights.of(network, form, run, notices);
  }
}
