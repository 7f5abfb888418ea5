package org.pdnn.energy;

import java.util.OptionalInt;
import org.pdnn.names.Limits;

/// How many bits numbers have.
///
/// @param weight b_w, of every weight
/// @param edge b_w of the first and the last layer of weights, if theirs is another: networks in
///   integers keep 8 bits there
/// @param activation b_a of a real number between layers; neurons of fewer bits keep theirs
/// @param input b_a of the network's input: 8 for pixels, 32 for real numbers, 1 for p-bits; if
///   absent, what the convention's layers say; at most `activation`
/// @param word the least that an activation takes in memory: 1, or 32 as in figure 8 of the paper,
///   which keeps p-bits in words
public record BitWidths(int weight, OptionalInt edge, int activation, OptionalInt input, int word) {
  /// Weights and real numbers of 32 bits, packed p-bits.
  public static final BitWidths FULL =
      new BitWidths(
          ScalingLaws.REFERENCE_BITS, OptionalInt.empty(), UnitWork.REAL, OptionalInt.empty(), 1);

  private static final int MOST = 64;

  public BitWidths {
    Limits.between("weight bits", 1, MOST, weight);
    edge.ifPresent(bits -> Limits.between("edge weight bits", 1, MOST, bits));
    Limits.between("activation bits", 1, MOST, activation);
    input.ifPresent(bits -> Limits.between("input bits", 1, MOST, bits));
    Limits.between("word bits", 1, MOST, word);
    if (input.orElse(0) > activation) {
      throw new IllegalArgumentException(
          "input bits must be at most the %s of activations, got %s"
              .formatted(activation, input.getAsInt()));
    }
  }

  public BitWidths withWeight(int bits) {
    return new BitWidths(bits, edge, activation, input, word);
  }

  /// Other weights in the first and the last layer than between them.
  public BitWidths withEdge(int bits) {
    return new BitWidths(weight, OptionalInt.of(bits), activation, input, word);
  }

  /// Those of the first or the last layer of weights.
  public BitWidths atEdge() {
    return withWeight(edge.orElse(weight));
  }

  public BitWidths withActivation(int bits) {
    return new BitWidths(weight, edge, bits, input, word);
  }

  public BitWidths withInput(int bits) {
    return new BitWidths(weight, edge, activation, OptionalInt.of(bits), word);
  }

  public BitWidths withWord(int bits) {
    return new BitWidths(weight, edge, activation, input, bits);
  }

  /// Bits of an activation that arithmetic sees. A p-bit in a word of 32 bits is still a bit.
  ///
  /// @param own what its neuron makes
  int operand(int own) {
    return own < UnitWork.REAL ? Math.min(own, activation) : activation;
  }

  /// Bits that an activation takes in memory.
  ///
  /// @param own what its neuron makes
  int stored(int own) {
    return Math.max(word, operand(own));
  }
}
