package org.pdnn.circuit.element;

import java.util.List;
import org.pdnn.circuit.Expression;
import org.pdnn.circuit.Part.Memory;
import org.pdnn.circuit.Wiring;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.names.Limits;

/// How the probability of a p-bit follows from its sum.
public sealed interface Probability {
  /// Bits of a sum that stand for fractions: I = sum / 2^fraction.
  int fraction();

  /// P(up) = I, at least 0 and at most 1: the comparator is the activation, as a random number in
  /// [0, 1) lies below I with that probability. The p-bit of least logic.
  record Comparator(int fraction) implements Probability {
    public Comparator {
      Limits.between("fraction bits", 1, Integer.SIZE, fraction);
    }
  }

  /// P(up) by the integer form's thresholds: a table of straight lines for sigmoid and tanh.
  record Table(Threshold curve, int fraction) implements Probability {
    public Table {
      Limits.between("fraction bits", Affine.FRACTION_BITS, Integer.SIZE, fraction);
    }
  }

  /// P(up) of each sum, one by one: for sums of few values, such as the inputs of an Ising model's
  /// p-bits, whose heat bath at an inverse temperature the list holds.
  ///
  /// @param thresholds P(up) in units of 2^-31, by the lowest bits of the sum in two's complement:
  ///   first 0 and above, then those below 0; as many as a power of two
  record Listed(List<Long> thresholds) implements Probability {
    /// Bits of a probability.
    public static final int BITS = 31;

    public Listed {
      thresholds = List.copyOf(thresholds);
      if (thresholds.size() < 2 || Integer.bitCount(thresholds.size()) != 1) {
        throw new IllegalArgumentException(
            "a list has 2, 4, 8 ... thresholds, got " + thresholds.size());
      }
      thresholds.forEach(each -> Limits.between("a threshold", 0, 1L << BITS, each));
    }

    @Override
    public int fraction() {
      return 0;
    }

    /// Lowest bits of a sum that choose.
    int sumBits() {
      return Memory.addressBits(thresholds.size());
    }

    /// The threshold of a sum.
    Expression of(Expression sum) {
      return Wiring.chosen(
          sum, 0, thresholds.stream().map(each -> Expression.constant(each, BITS + 1)).toList());
    }
  }
}
