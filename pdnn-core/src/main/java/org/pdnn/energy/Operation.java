package org.pdnn.energy;

import java.util.Arrays;
import java.util.List;

/// What a machine does, one at a time, each with a constant of its own in a [Technology].
///
/// The arithmetic is that of 32-bit operands; [ScalingLaws] bring it to other widths.
public enum Operation {
  /// Reading one bit of a weight from its memory.
  WEIGHT_BIT("weightBit", "e_wM", "pJ/bit", true, "weight bits"),
  /// Reading or writing one bit of an activation.
  ACTIVATION_BIT("activationBit", "e_aM", "pJ/bit", true, "activation bits"),
  /// Multiplying a weight by an activation.
  MULTIPLY("multiply", "e_mul", "pJ", true, "multiplications"),
  /// Adding to the pre-activation.
  ADD("add", "e_add", "pJ", true, "additions"),
  /// Looking up the activation function.
  ACTIVATE("activate", "e_act", "pJ", true, "look-ups"),
  /// Drawing a random word.
  DRAW("draw", "e_rng", "pJ", true, "random words"),
  /// Comparing a random word with a probability.
  COMPARE("compare", "e_compare", "pJ", true, "comparisons"),
  /// Reading or writing one bit of a language model's keys and values. A technology without this
  /// constant keeps them in the weights' memory.
  CACHE_BIT("cacheBit", "e_cM", "pJ/bit", false, "cache bits"),
  /// What one elementary operation, a neuron with its synapses, takes beside its parts: clocks and
  /// control. Known for measured chips only; a technology without this constant has no such term.
  OVERHEAD("overhead", "e_overhead", "pJ", false, "operations");

  private final String key;
  private final String symbol;
  private final String unit;
  private final boolean required;
  private final String noun;

  Operation(String key, String symbol, String unit, boolean required, String noun) {
    this.key = key;
    this.symbol = symbol;
    this.unit = unit;
    this.required = required;
    this.noun = noun;
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

  /// What many of them are called.
  public String noun() {
    return noun;
  }

  /// Whether a technology without this constant is incomplete.
  public boolean required() {
    return required;
  }

  /// The names of all constants in technology files.
  static List<String> keys() {
    return Arrays.stream(values()).map(Operation::key).toList();
  }
}
