package org.pdnn.cli.option;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pdnn.energy.BitWidths;
import org.pdnn.energy.Convention;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is charged for which step: a convention by name, and the choices that differ from it.
@Heading("Energy model")
public final class ConventionOptions {
  @Option(
      names = "--convention",
      paramLabel = "paper|strict",
      description =
          "What is charged: as in the paper's fig. 6b, or what the algorithm does (default:"
              + " strict; paper for MODEL paper:...).")
  private @Nullable String convention;

  @Option(
      names = "--last",
      paramLabel = "bits|expectation",
      defaultValue = "bits",
      description = "What the last hidden layer passes on; expectation needs --convention strict.")
  private LastHidden last = LastHidden.BITS;

  @Option(
      names = "--scheme",
      paramLabel = "SCHEME",
      description =
          "Random words charged: one per sample (independent), or as many as antithetic, xor,"
              + " scrambled or stratified samples draw (default: scrambled, as evaluate runs"
              + " networks; independent for paper:... and language models).")
  private @Nullable Scheme scheme;

  @Option(
      names = "--weight-bits",
      paramLabel = "B",
      description =
          "Bits of a weight, b_w. Up to 8, the first and the last layer's have 8, and so have"
              + " inputs; above, inputs are real numbers (default: 8, as evaluate runs networks, 32"
              + " if it must; what is published for paper:... and language models).")
  private @Nullable Integer weightBits;

  @Option(
      names = "--edge-weight-bits",
      paramLabel = "B",
      description =
          "Bits of the weights of the first and the last layer, if different (default: see"
              + " --weight-bits).")
  private @Nullable Integer edgeWeightBits;

  @Mixin private final ChargeOptions charges = new ChargeOptions();

  /// The bits of weights, if they were given.
  public OptionalInt weightBits() {
    return weightBits == null ? OptionalInt.empty() : OptionalInt.of(weightBits);
  }

  /// The convention asked for.
  ///
  /// @param known conventions for what is priced, the usual one first
  public Convention convention(List<Convention> known) {
    String name =
        Convention.named(Objects.requireNonNullElse(convention, known.getFirst().name())).name();
    Convention usual =
        known.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    BitWidths widths = usual.widths();
    if (weightBits != null) {
      widths = widths.withWeight(weightBits);
    }
    if (edgeWeightBits != null) {
      widths = widths.withEdge(edgeWeightBits);
    }
    return charges
        .in(usual.withWidths(widths))
        .withLast(last)
        .withScheme(Objects.requireNonNullElse(scheme, usual.scheme()));
  }
}
