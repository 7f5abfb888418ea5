package org.pdnn.circuit.element;

import org.pdnn.circuit.Circuit;
import org.pdnn.circuit.Expression;
import org.pdnn.names.Limits;

/// Adds the terms of a neuron, one in a cycle. Inputs `weight`, `x` and `add` give a term, `clear`
/// begins the next sum; the output `sum` is exact.
public sealed interface Accumulator permits SelectiveAccumulator, MultiplyAccumulator {
  /// The greatest fan-in, with the bias, which is the weight of a constant input.
  int terms();

  /// Bits of a weight.
  int weightBits();

  /// Bits of a sum.
  int bits();

  /// The circuit.
  Circuit circuit();

  /// Bits that hold the sum of so many terms, each in two's complement.
  static int bits(int terms, int termBits) {
    return termBits + Integer.SIZE - Integer.numberOfLeadingZeros(terms - 1);
  }

  /// Checks that no sum can overflow.
  static void check(int terms, int weightBits, int termBits, int bits) {
    Limits.between("terms", 1, 1 << 24, terms);
    Limits.between("bits of a weight", 2, 32, weightBits);
    int least = bits(terms, termBits);
    if (bits < least || bits > Expression.MOST_BITS) {
      throw new IllegalArgumentException(
          "a sum of %s terms of %s bits needs %s to %s bits, got %s"
              .formatted(terms, termBits, least, Expression.MOST_BITS, bits));
    }
  }
}
