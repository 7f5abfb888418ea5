package org.pdnn.circuit.element;

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
}
