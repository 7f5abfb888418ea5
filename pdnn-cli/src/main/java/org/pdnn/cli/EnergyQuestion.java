package org.pdnn.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What `pdnn energy` is asked in place of the energy against T; one thing at a time.
final class EnergyQuestion {
  @Option(names = "--layers", description = "Show each layer instead of each T (first T only).")
  boolean layers;

  @Option(
      names = "--sweep-memory",
      paramLabel = "FROM..TO:STEP",
      converter = MemoryRange.Converter.class,
      description = "Sweep the energy of reading a weight, in pJ per bit, at the first T.")
  @Nullable MemoryRange memory;

  @Option(
      names = "--sweep-bits",
      paramLabel = "FROM..TO[:STEP]",
      converter = IntegerRange.Converter.class,
      description = "Sweep the bits of all weights, b_w, at the first T.")
  @Nullable IntegerRange bits;

  @Option(
      names = "--sweep-fan-in",
      paramLabel = "FROM..TO[:STEP]",
      converter = IntegerRange.Converter.class,
      description =
          "Sweep the fan-in n of one of MODEL's hidden neurons, the elementary operation, at the"
              + " first T.")
  @Nullable IntegerRange fanIn;

  @Option(
      names = "--break-even",
      description =
          "Show which T, and which energies of the weights' memory, cost no more than the 32-bit"
              + " deterministic twin.")
  boolean breakEven;

  /// Whether there is one.
  boolean asked() {
    return layers || breakEven || memory != null || bits != null || fanIn != null;
  }
}
