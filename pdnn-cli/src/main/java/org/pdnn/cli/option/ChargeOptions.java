package org.pdnn.cli.option;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pdnn.energy.ActivationMemory;
import org.pdnn.energy.Additions;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.Convention;
import org.pdnn.energy.WeightReads;
import picocli.CommandLine.Option;

/// Choices of a convention that are about the machine, and not about how a network is run.
@Heading("Energy model")
public final class ChargeOptions {
  @Option(
      names = "--weight-reads",
      paramLabel = "parameter|synapse",
      defaultValue = "parameter",
      description = "How often a weight is read: once (eq. 4), or once per synapse (eq. 3).")
  private WeightReads reads = WeightReads.PARAMETER;

  @Option(
      names = "--additions",
      paramLabel = "half|always|RATE,...",
      defaultValue = "half",
      description =
          "Share of synapses that add: half, as bits are 0 or 1; always, for bits of -1 or +1;"
              + " or the firing rate of the bits that each layer of weights reads (default:"
              + " half).")
  private String additions = "half";

  @Option(
      names = "--activation-memory",
      paramLabel = "chip|weights",
      defaultValue = "chip",
      description = "Where activations are kept: their own memory, or that of the weights.")
  private ActivationMemory memory = ActivationMemory.CHIP;

  @Option(
      names = "--activation-bits",
      paramLabel = "B",
      description = "Bits of a real number between layers, b_a; p-bits keep theirs.")
  private @Nullable Integer activationBits;

  @Option(
      names = "--word-bits",
      paramLabel = "B",
      description = "Least bits of an activation in memory; 32 in fig. 8, p-bits included.")
  private @Nullable Integer wordBits;

  @Option(
      names = "--input-bits",
      paramLabel = "B",
      description = "Bits of a value of the input: 8 for pixels, 32 for real numbers.")
  private @Nullable Integer inputBits;

  /// The convention with what was asked for.
  public Convention in(Convention usual) {
    BitWidths widths = usual.widths();
    if (activationBits != null) {
      widths = widths.withActivation(activationBits);
    }
    if (wordBits != null) {
      widths = widths.withWord(wordBits);
    }
    if (inputBits != null) {
      widths = widths.withInput(inputBits);
    }
    return usual
        .withReads(reads)
        .withAdditions(Additions.parse(additions.toLowerCase(Locale.ROOT)))
        .withMemory(memory)
        .withWidths(widths);
  }
}
