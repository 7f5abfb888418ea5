package org.pdnn.ising.dynamics;

import java.util.Optional;
import org.pdnn.ising.IsingModel;

/// The inputs of p-bits as small whole numbers: those of a model whose couplings and fields are
/// multiples of one unit, few of them at each spin. The energy is an int of them.
///
/// @param unit a power of two
/// @param most the greatest magnitude of an input, in units, 1 to [#MOST]
public record Steps(double unit, int most) {
  /// What a byte holds.
  public static final int MOST = Byte.MAX_VALUE;

  /// The steps of a model, if it has them.
  public static Optional<Steps> of(IsingModel model) {
    double most = 0;
    double sum = 0;
    int exponent = Double.MAX_EXPONENT;
    for (int spin = 0; spin < model.size(); spin++) {
      most = Math.max(most, model.mostInput(spin));
      sum += model.mostInput(spin) + Math.abs(model.field(spin));
      exponent = Math.min(exponent, lowest(model.field(spin)));
      for (int k = 0; k < model.degree(spin); k++) {
        exponent = Math.min(exponent, lowest(model.coupling(spin, k)));
      }
      for (int k = model.triples().start(spin); k < model.triples().start(spin + 1); k++) {
        exponent = Math.min(exponent, lowest(model.triples().coupling(k)));
      }
    }
    double steps = most == 0 ? 1 : Math.scalb(most, -exponent);
    return steps <= MOST && Math.scalb(sum, -exponent) <= Integer.MAX_VALUE
        ? Optional.of(new Steps(most == 0 ? 1 : Math.scalb(1.0, exponent), (int) steps))
        : Optional.empty();
  }

  /// The place value of the lowest bit of a number.
  private static int lowest(double value) {
    if (value == 0) {
      return Double.MAX_EXPONENT;
    }
    long bits = Double.doubleToRawLongBits(value) & 0xFFFFFFFFFFFFFL;
    int zeros = bits == 0 ? 52 : Long.numberOfTrailingZeros(bits);
    return Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52 + zeros;
  }

  /// A coupling or a field in units.
  public int of(double value) {
    return (int) (value / unit);
  }

  /// Couplings or fields in units.
  byte[] of(double[] values) {
    byte[] steps = new byte[values.length];
    for (int k = 0; k < values.length; k++) {
      steps[k] = (byte) of(values[k]);
    }
    return steps;
  }
}
