package org.pdnn.circuit.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.circuit.Expression;
import org.pdnn.integer.WeightCodes;
import org.pdnn.network.Window;

/// The weights of a layer as an accelerator holds them, and what its sums can be: bounds of the
/// weights themselves, not of their number.
///
/// @param name in the model
/// @param weights codes, by unit, in the order of inputs
/// @param most the greatest code of an input
/// @param mask what each unit reads, if that is not the same for all
record WeightLayer(String name, WeightCodes weights, int most, Optional<Mask> mask) {
  static WeightLayer of(String name, WeightCodes weights, int most) {
    return new WeightLayer(name, weights, most, Mask.of(weights));
  }

  /// Terms of a unit.
  int terms() {
    return mask.map(Mask::terms).orElse(weights.geometry().fanIn());
  }

  /// Units of a place.
  int outputs() {
    return weights.geometry().outputs();
  }

  /// @param pool over what is written, without padding
  Scan scan(Optional<Window> pool) {
    Scan all = Scan.of(weights.geometry(), pool);
    return mask.map(each -> all.masked(each.terms())).orElse(all);
  }

  /// What an element holds for the terms of a unit: weights and, above them, how far beyond the
  /// place of the scan the input lies, which is 0 where all units read the same.
  ///
  /// @param codes those of all units
  /// @param bits of a weight
  List<Long> words(byte[] codes, int unit, int bits) {
    List<Long> words = new ArrayList<>();
    for (int term = 0; term < terms(); term++) {
      int input = mask.isEmpty() ? term : mask.get().input(unit, term);
      long code = input < 0 ? 0 : code(codes, unit, input);
      long further = mask.isEmpty() ? 0 : Math.max(input, 0);
      words.add(further << bits | (code & Expression.mask(bits)));
    }
    return words;
  }

  private byte code(byte[] codes, int unit, int input) {
    return codes[unit * weights.geometry().fanIn() + input];
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
      for (int input = 0; input < weights.geometry().fanIn(); input++) {
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
