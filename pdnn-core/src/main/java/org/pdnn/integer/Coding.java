package org.pdnn.integer;

import org.pdnn.names.Limits;
import org.pdnn.network.Neuron;

/// What a byte stands for: the value step * code + base, with codes from 0 to `most`.
///
/// @param step above 0
/// @param most 1 to 255
public record Coding(double step, double base, int most) {
  /// The greatest code.
  public static final int MOST = 255;

  public Coding {
    Limits.between("codes", 1, MOST, most);
    if (!(step > 0 && step < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("step must be above 0 and finite, got " + step);
    }
  }

  /// Inputs on a grid.
  static Coding of(InputGrid grid) {
    return new Coding(grid.step(), -(double) grid.step() * grid.zero(), InputGrid.MOST);
  }

  /// Bits of p-bits: 0 and 1 of sigmoid and clip, -1 and 1 of tanh.
  static Coding of(Neuron.PBit neuron) {
    return levels(neuron.activation().lowest(), 1);
  }

  /// The levels of a deterministic neuron of at most 8 bits.
  static Coding of(Neuron.Deterministic neuron) {
    return levels(neuron.activation().lowest(), (1 << neuron.bits()) - 1);
  }

  private static Coding levels(double lowest, int most) {
    return new Coding((1 - lowest) / most, lowest, most);
  }

  /// The value of a code.
  public double value(int code) {
    return step * code + base;
  }

  /// The mean of so many values, whose codes are added.
  Coding meanOf(int count) {
    return new Coding(step / count, base, Math.multiplyExact(most, count));
  }

  /// Codes that cannot all be bytes, divided until they are.
  ///
  /// @param codes the greatest before that
  static Coding squeezed(double step, double base, long codes) {
    return new Coding(step * codes / MOST, base, MOST);
  }
}
