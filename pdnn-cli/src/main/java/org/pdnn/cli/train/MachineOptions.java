package org.pdnn.cli.train;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.Within;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/// What a restricted Boltzmann machine has to choose and a network has not.
@Heading("Boltzmann machine (--network rbm:784-500)")
final class MachineOptions {
  private static final Set<String> ONLY_MACHINES =
      Set.of("--gibbs-steps", "--persistent", "--weight-decay", "--generate");

  private static final Set<String> ONLY_NETWORKS =
      Set.of(
          "--mean",
          "--std",
          "--normalise",
          "--neuron",
          "--initial",
          "--samples",
          "--schedule",
          "--arithmetic",
          "--weight-form",
          "--scheme",
          "--outputs",
          "--flip",
          "--device",
          "--checkpoint-seconds");

  @Option(
      names = "--gibbs-steps",
      paramLabel = "K",
      defaultValue = "1",
      description = "Sweeps of the chains before each update, the k of CD-k (default: 1).")
  @Within(least = 1, most = 1000)
  int gibbsSteps = 1;

  @Option(
      names = "--persistent",
      negatable = true,
      description =
          "Chains go on from update to update (the default), or with --no-persistent begin at the"
              + " images.")
  private @Nullable Boolean persistent;

  @Option(
      names = "--weight-decay",
      paramLabel = "D",
      defaultValue = "0.0002",
      description =
          "Share of a weight by which its gradient is lowered (default: ${DEFAULT-VALUE}).")
  @Within(least = 0, most = 1)
  double weightDecay = 0.0002;

  @Option(
      names = "--generate",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "With --chart: images that chains draw, of each label as many, also as files"
              + " DIR/generated/LABEL/0001.png (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 100_000)
  int generate = 100;

  boolean persistent() {
    return persistent == null || persistent;
  }

  /// Checks that no option was given that is of the other kind alone, or of a page that is not.
  ///
  /// @param machine whether the network is a machine
  static void requireFitting(ParseResult line, boolean machine, String network) {
    for (OptionSpec option : line.matchedOptions()) {
      String name = option.longestName();
      if (machine && ONLY_NETWORKS.contains(name)) {
        throw new IllegalArgumentException(
            "%s is for networks, and %s is a restricted Boltzmann machine; leave it out"
                .formatted(name, network));
      }
      if (!machine && ONLY_MACHINES.contains(name)) {
        throw new IllegalArgumentException(
            "%s is for restricted Boltzmann machines, as --network rbm:784-500; leave it out"
                .formatted(name));
      }
    }
    if (line.hasMatchedOption("--generate") && !line.hasMatchedOption("--chart")) {
      throw new IllegalArgumentException("--generate is for --chart, as in --chart page");
    }
  }
}
