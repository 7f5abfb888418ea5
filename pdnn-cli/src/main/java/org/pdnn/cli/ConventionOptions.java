package org.pdnn.cli;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pdnn.energy.ActivationMemory;
import org.pdnn.energy.Additions;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.Convention;
import org.pdnn.energy.LastLayer;
import org.pdnn.energy.WeightReads;
import org.pdnn.random.Scheme;
import picocli.CommandLine.Option;

/// What is charged for which step: a convention by name, and the choices that differ from it.
final class ConventionOptions {
  @Option(
      names = "--convention",
      paramLabel = "paper|strict",
      description =
          "What is counted: as in the paper's fig. 6b, or what the algorithm does"
              + " (default: paper; strict for language models).")
  private @Nullable String convention;

  @Option(
      names = "--last",
      paramLabel = "bits|expectation",
      defaultValue = "bits",
      description = "What the last hidden layer hands on; expectation needs --convention strict.")
  private LastLayer last = LastLayer.BITS;

  @Option(
      names = "--scheme",
      defaultValue = "independent",
      description =
          "Random words charged: one a sample (independent), or as many as antithetic, xor,"
              + " scrambled or stratified samples draw (default: independent).")
  private String scheme = "independent";

  @Option(
      names = "--weight-reads",
      paramLabel = "parameter|synapse",
      defaultValue = "parameter",
      description = "Each weight read once (eq. 4), or once for each synapse (eq. 3).")
  private WeightReads reads = WeightReads.PARAMETER;

  @Option(
      names = "--additions",
      paramLabel = "half|always|RATE,...",
      defaultValue = "half",
      description =
          "Synapses that add: half, as bits are 0 or 1; always, for bits of -1 or +1; or the firing"
              + " rate of the bits that each layer of weights reads (default: half).")
  private String additions = "half";

  @Option(
      names = "--activation-memory",
      paramLabel = "chip|weights",
      defaultValue = "chip",
      description = "Where activations are kept: their own memory, or that of the weights.")
  private ActivationMemory memory = ActivationMemory.CHIP;

  @Option(names = "--weight-bits", paramLabel = "B", description = "Bits of a weight, b_w.")
  private @Nullable Integer weightBits;

  @Option(
      names = "--activation-bits",
      paramLabel = "B",
      description = "Bits of a real number between layers, b_a; p-bits keep theirs.")
  private @Nullable Integer activationBits;

  @Option(
      names = "--word-bits",
      paramLabel = "B",
      description = "The least an activation takes in memory; 32 in fig. 8, p-bits included.")
  private @Nullable Integer wordBits;

  @Option(
      names = "--input-bits",
      paramLabel = "B",
      description = "Bits of a value of the input: 8 for pixels, 32 for real numbers.")
  private @Nullable Integer inputBits;

  /// The convention asked for.
  ///
  /// @param usual where nothing else is asked for
  Convention convention(Convention usual) {
    BitWidths widths = usual.widths();
    if (weightBits != null) {
      widths = widths.withWeight(weightBits);
    }
    if (activationBits != null) {
      widths = widths.withActivation(activationBits);
    }
    if (wordBits != null) {
      widths = widths.withWord(wordBits);
    }
    if (inputBits != null) {
      widths = widths.withInput(inputBits);
    }
    return Convention.named(Objects.requireNonNullElse(convention, usual.name()))
        .withLast(last)
        .withScheme(Scheme.parse(scheme))
        .withReads(reads)
        .withAdditions(Additions.parse(additions.toLowerCase(Locale.ROOT)))
        .withMemory(memory)
        .withWidths(widths);
  }
}
