package org.pdnn.energy;

import java.util.Arrays;
import java.util.List;

/// How many of the synapses that read bits add their weight.
public sealed interface Additions {
  /// Bits in {0, 1}, half of which are 1: e_add / 2, the paper's 77.2-fold saving (figure 6a).
  record Half() implements Additions {
    @Override
    public String toString() {
      return "half";
    }
  }

  /// Bits in {-1, +1} as they are: every synapse adds or subtracts. As 2b - 1, whose constant part
  /// joins the bias, they cost what {0, 1} does.
  record Always() implements Additions {
    @Override
    public String toString() {
      return "always";
    }
  }

  /// Bits in {0, 1} of a trained network.
  ///
  /// @param rates for each layer of weights, in order, the share of the bits it reads that are 1
  record Measured(List<Double> rates) implements Additions {
    public Measured {
      rates = List.copyOf(rates);
      for (double rate : rates) {
        if (!(rate >= 0 && rate <= 1)) {
          throw new IllegalArgumentException("a firing rate must be 0 to 1, got " + rate);
        }
      }
    }

    @Override
    public String toString() {
      return String.join(",", rates.stream().map(String::valueOf).toList());
    }
  }

  /// Reads `half`, `always` or rates as in `1,0.31,0.28`.
  static Additions parse(String text) {
    try {
      return switch (text.strip()) {
        case "half" -> new Half();
        case "always" -> new Always();
        default ->
            new Measured(Arrays.stream(text.split(",", -1)).map(Double::parseDouble).toList());
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "additions must be half, always, or firing rates as in 1,0.31,0.28, got '%s'"
              .formatted(text),
          e);
    }
  }

  /// The share of the synapses of a layer that add.
  ///
  /// @param layer which layer of weights, from 0
  /// @throws IllegalArgumentException if rates were measured on a network of fewer layers
  default double rate(int layer) {
    return switch (this) {
      case Half _ -> 0.5;
      case Always _ -> 1;
      case Measured(List<Double> rates) -> {
        if (layer >= rates.size()) {
          throw new IllegalArgumentException(
              "%s firing rates are too few; give one for each layer of weights"
                  .formatted(rates.size()));
        }
        yield rates.get(layer);
      }
    };
  }

  /// What is taken for granted, one sentence.
  default String assumption() {
    return switch (this) {
      case Half _ -> "half of the bits that reach a synapse are 0 and add nothing: e_add / 2";
      case Always _ -> "bits are -1 or +1: every synapse adds or subtracts (ours)";
      case Measured _ -> "a synapse adds as often as its bits were measured to be 1 (ours)";
    };
  }
}
