package org.pdnn.sampling;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// What passes are computed in: real numbers as trained, or weights of few bits.
///
/// With weights of few bits networks of p-bits, and of neurons of at most 8 bits, are computed in
/// integers. Other deterministic networks have the same weights, by the same quantiser, and inputs
/// on the same grid; what lies between, scales and activations, is in real numbers.
///
/// In notation, as on the command line: `32` for real numbers, else a [WeightFormat].
///
/// @param weights how the weights of hidden layers are stored; empty for real numbers
/// @param grid the integers that inputs become; unused in real numbers
public record Precision(Optional<WeightFormat> weights, InputGrid grid) {
  /// 32-bit weights and 64-bit sums: [BlockSampler].
  public static final Precision REAL = new Precision(Optional.empty(), InputGrid.PIXELS);

  /// Integers, unless a network has no such form: what commands use by default.
  public static final Precision DEFAULT = parse("8");

  private static final String REALS = "block";

  /// Of the integer form: others have other bits.
  private static final String EDITION = "edition 2";

  private static final Pattern FEW_BITS =
      Pattern.compile("(?:integer|block), weights ([^,]+)(?:,.*)?");

  /// Reads notation; inputs are pixels.
  ///
  /// @throws IllegalArgumentException naming what would be right
  public static Precision parse(String notation) {
    if (notation.strip().equals("32")) {
      return REAL;
    }
    try {
      return new Precision(Optional.of(WeightFormat.parse(notation)), InputGrid.PIXELS);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + "; 32 is for floating point", e);
    }
  }

  /// The same for inputs that lie on another grid.
  public Precision on(InputGrid other) {
    return new Precision(weights, other);
  }

  /// Whether passes are computed in real numbers.
  public boolean real() {
    return weights.isEmpty();
  }

  /// A sampler of a network.
  ///
  /// @throws IllegalArgumentException naming what has no integer form
  public Sampler sampler(Network network, Run run) {
    if (real()) {
      return new BlockSampler(network, run);
    }
    if (!integers(network)) {
      Network rounded = QuantiseWeights.apply(FoldBatchNorm.apply(network), weights.get());
      return new GridSampler(new BlockSampler(rounded, run), grid);
    }
    return new IntegerSampler(Lowering.of(network, weights.get(), grid).result(), run);
  }

  /// Why a network cannot be sampled so; empty if it can.
  public Optional<String> refusal(Network network, Run run) {
    try {
      sampler(network, run);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// Whether a network runs in integers: if its neurons have few levels, or draw.
  public static boolean integers(Network network) {
    return network.random()
        || network.layers().stream()
            .noneMatch(layer ->
                layer instanceof Neurons(Neuron neuron) && neuron.bits() > WeightFormat.MOST_BITS);
  }

  /// The name in results of what [#sampler] gives.
  public String name(Network network) {
    if (real()) {
      return REALS;
    }
    return integers(network) ? "integer, weights " + this + ", " + EDITION : ofTwin();
  }

  /// The name of what [#sampler] gives for the deterministic twin, whose neurons have 32 bits.
  public String ofTwin() {
    return real() ? REALS : REALS + ", weights " + this;
  }

  /// Reads back what [#name] wrote; the name of a generator may follow.
  ///
  /// @throws IllegalArgumentException if no precision has such a sampler
  public static Precision named(String name) {
    Matcher fewBits = FEW_BITS.matcher(name);
    if (fewBits.matches()) {
      return parse(fewBits.group(1));
    }
    if (name.equals(REALS) || name.startsWith(REALS + ", ")) {
      return REAL;
    }
    throw new IllegalArgumentException("unknown sampler '%s'".formatted(name));
  }

  /// As in `8-bit weights` and `grouped 8-bit weights`.
  public String words() {
    return weights.map(one -> (one.grouped() ? "grouped " : "") + one.bits()).orElse("32")
        + "-bit weights";
  }

  @Override
  public String toString() {
    return weights.map(WeightFormat::toString).orElse("32");
  }
}
