package org.pdnn.integer;

import org.pdnn.network.Neuron;

/// The level that a deterministic neuron of at most 8 bits has for each pre-activation of 16 bits.
/// Immutable.
public final class LevelTable {
  private final byte[] codes = new byte[1 << Short.SIZE];

  /// The levels nearest to f(I), [Neuron.Deterministic#apply].
  LevelTable(Neuron.Deterministic neuron) {
    Coding coding = Coding.of(neuron);
    for (int i = Short.MIN_VALUE; i <= Short.MAX_VALUE; i++) {
      double value = neuron.apply(Math.scalb((double) i, -Affine.FRACTION_BITS));
      codes[i - Short.MIN_VALUE] = (byte) Math.round((value - coding.base()) / coding.step());
    }
  }

  /// The code for a pre-activation of any size.
  public int code(int preActivation) {
    return codes[Math.clamp(preActivation, Short.MIN_VALUE, Short.MAX_VALUE) - Short.MIN_VALUE]
        & 0xFF;
  }
}
