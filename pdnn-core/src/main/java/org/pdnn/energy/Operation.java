package org.pdnn.energy;

import java.util.Arrays;
import java.util.List;

/// What a machine does, one at a time, each with a constant of its own in a [Technology].
///
/// The arithmetic is that of 32-bit operands.
public enum Operation {
  /// Reading one bit of a weight from its memory.
  WEIGHT_BIT("weightBit", "e_wM", "pJ/bit"),
  /// Reading or writing one bit of an activation.
  ACTIVATION_BIT("activationBit", "e_aM", "pJ/bit"),
  /// Multiplying a weight by an activation.
  MULTIPLY("multiply", "e_mul", "pJ"),
  /// Adding to the pre-activation.
  ADD("add", "e_add", "pJ"),
  /// Looking up the activation function.
  ACTIVATE("activate", "e_act", "pJ"),
  /// Drawing a random word.
  DRAW("draw", "e_rng", "pJ"),
  /// Comparing a random word with a probability.
  COMPARE("compare", "e_compare", "pJ");

  private final String key;
  private final String symbol;
  private final String unit;

  Operation(String key, String symbol, String unit) {
    this.key = key;
    this.symbol = symbol;
    this.unit = unit;
  }

  /// The constant's name in technology files.
  public String key() {
    return key;
  }

  /// The constant's symbol in the paper.
  public String symbol() {
    return symbol;
  }

  /// The unit of the constant, `pJ` or `pJ/bit`.
  public String unit() {
    return unit;
  }

  /// The names of all constants in technology files.
  static List<String> keys() {
    return Arrays.stream(values()).map(Operation::key).toList();
  }
}
