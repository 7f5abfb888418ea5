package org.pdnn.cli.energy;

import org.jspecify.annotations.Nullable;
import org.pdnn.cli.option.Values;
import picocli.CommandLine.Option;

/// What `pdnn energy` is asked in place of the energy against T; one thing at a time.
final class EnergyQuestion {
  private static final String VALUES = "FROM..TO:STEP|LIST";

  @Option(names = "--layers", description = "Show each layer instead of each T (first T only).")
  boolean layers;

  @Option(
      names = "--sweep-memory",
      paramLabel = VALUES,
      converter = Values.Converter.class,
      description =
          "Sweep the energy of reading a weight, in pJ per bit, at the first T: a list as in 0,1,4"
              + " or a range as in 0..5 or 0..5:0.5.")
  @Nullable Values memory;

  @Option(
      names = "--sweep-bits",
      paramLabel = VALUES,
      converter = Values.Converter.class,
      description = "Sweep the bits of weights, b_w, likewise.")
  @Nullable Values bits;

  @Option(
      names = "--sweep-fan-in",
      paramLabel = VALUES,
      converter = Values.Converter.class,
      description =
          "Sweep the fan-in n of one of MODEL's hidden neurons, the elementary operation,"
              + " likewise.")
  @Nullable Values fanIn;

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
