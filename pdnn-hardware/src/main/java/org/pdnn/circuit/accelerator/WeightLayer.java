package org.pdnn.circuit.accelerator;

import java.util.Optional;
import org.pdnn.integer.WeightCodes;

/// The weights of a layer as an accelerator holds them, and what its sums can be: bounds of the
/// weights themselves, not of their number.
///
/// @param name in the model
/// @param weights codes, by unit, in the order in which terms come
/// @param most the greatest code of an input
record WeightLayer(String name, WeightCodes weights, int most) {
  /// Inputs of a unit.
  int terms() {
    return weights.geometry().fanIn();
  }

  /// Units of a place.
  int outputs() {
    return weights.geometry().outputs();
  }

  /// Without a pool.
  Scan scan() {
    return Scan.of(weights.geometry(), Optional.empty());
  }

  /// The code of a unit's weight.
  ///
  /// @param input which term
  byte code(byte[] codes, int unit, int input) {
    return codes[unit * terms() + input];
  }

  /// Bits that hold each sum and all that it goes through, in two's complement. Whatever inputs
  /// are, and however many of their bits have been seen, a sum lies between that of the weights
  /// below 0 and that of those above, times the greatest code.
  int sumBits() {
    byte[] codes = weights.codes();
    long least = 0;
    long greatest = 0;
    for (int unit = 0; unit < outputs(); unit++) {
      long below = 0;
      long above = 0;
      for (int input = 0; input < terms(); input++) {
        int code = code(codes, unit, input);
        below += Math.min(code, 0);
        above += Math.max(code, 0);
      }
      least = Math.min(least, below * most);
      greatest = Math.max(greatest, above * most);
    }
    return bits(least, greatest);
  }

  /// Bits of a number between bounds, in two's complement.
  private static int bits(long least, long greatest) {
    return 1 + Long.SIZE - Long.numberOfLeadingZeros(Math.max(~least, greatest));
  }

  /// Bits of a weight.
  int weightBits() {
    long least = 0;
    long greatest = 0;
    for (byte code : weights.codes()) {
      least = Math.min(least, code);
      greatest = Math.max(greatest, code);
    }
    return Math.max(2, bits(least, greatest));
  }
}
