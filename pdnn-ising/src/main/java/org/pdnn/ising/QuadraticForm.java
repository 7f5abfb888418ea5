package org.pdnn.ising;

import java.util.Arrays;
import org.pdnn.names.Limits;

/// A polynomial of degree two in bits b of 0 or 1, to be minimised: a QUBO, the sum of penalties
/// that vanish where a condition holds.
///
/// With b = (1 + m) / 2 it is the energy of an Ising model and a constant.
public final class QuadraticForm {
  private double[] linear;
  private int size;
  private final Entries products = new Entries();
  private double constant;

  /// A form that is 0 everywhere.
  ///
  /// @param bits number of its variables
  public QuadraticForm(int bits) {
    Limits.between("bits", 1, IsingModel.MOST_SPINS, bits);
    this.linear = new double[bits];
    this.size = bits;
  }

  /// One more variable.
  ///
  /// @return its index
  public int newBit() {
    Limits.between("bits", 1, IsingModel.MOST_SPINS, size + 1L);
    if (size == linear.length) {
      linear = Arrays.copyOf(linear, 2 * size);
    }
    return size++;
  }

  /// Number of bits.
  public int size() {
    return size;
  }

  /// Adds a constant.
  public QuadraticForm add(double value) {
    constant += value;
    return this;
  }

  /// Adds a multiple of a bit.
  public QuadraticForm add(int bit, double coefficient) {
    linear[bit] += coefficient;
    return this;
  }

  /// Adds a multiple of the product of two bits; of a bit with itself is the bit.
  public QuadraticForm add(int one, int other, double coefficient) {
    if (one == other) {
      return add(one, coefficient);
    }
    products.add(one, other, coefficient);
    return this;
  }

  /// Adds the square of a sum of weighted bits and a constant: a penalty that vanishes where the
  /// sum does.
  ///
  /// @param weights one for each bit
  public QuadraticForm addSquare(int[] bits, int[] weights, int constant) {
    add((double) constant * constant);
    for (int i = 0; i < bits.length; i++) {
      add(bits[i], 2.0 * constant * weights[i]);
      for (int j = 0; j < bits.length; j++) {
        add(bits[i], bits[j], (double) weights[i] * weights[j]);
      }
    }
    return this;
  }

  /// Adds a penalty that vanishes where z is the AND of a and b (I. G. Rosenberg, 1975).
  public QuadraticForm addAnd(int a, int b, int z) {
    return add(z, 3).add(a, b, 1).add(a, z, -2).add(b, z, -2);
  }

  /// The model whose energy is the form, but for [#offset].
  public IsingModel model() {
    IsingModel.Builder builder = IsingModel.of(size());
    for (int bit = 0; bit < size(); bit++) {
      builder.field(bit, -linear[bit] / 2);
    }
    for (int k = 0; k < products.count(); k++) {
      double quarter = products.value(k) / 4;
      builder
          .couple(products.row(k), products.column(k), -quarter)
          .field(products.row(k), -quarter)
          .field(products.column(k), -quarter);
    }
    return builder.build();
  }

  /// What the form is more than the energy of its model.
  public double offset() {
    double offset = constant;
    for (int bit = 0; bit < size; bit++) {
      offset += linear[bit] / 2;
    }
    for (int k = 0; k < products.count(); k++) {
      offset += products.value(k) / 4;
    }
    return offset;
  }
}
