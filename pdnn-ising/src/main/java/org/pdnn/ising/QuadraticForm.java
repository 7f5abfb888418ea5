package org.pdnn.ising;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.names.Limits;

/// A polynomial of degree two in bits b of 0 or 1, to be minimised: a QUBO, the sum of
/// penalties that vanish where a condition holds.
///
/// With b = (1 + m) / 2 it is the energy of an Ising model and a constant.
public final class QuadraticForm {
  private record Product(int one, int other, double coefficient) {}

  private final double[] linear;
  private final List<Product> products = new ArrayList<>();
  private double constant;

  /// A form that is 0 everywhere.
  ///
  /// @param bits number of its variables
  public QuadraticForm(int bits) {
    Limits.between("bits", 1, IsingModel.MOST_SPINS, bits);
    this.linear = new double[bits];
  }

  /// Number of bits.
  public int size() {
    return linear.length;
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
    products.add(new Product(one, other, coefficient));
    return this;
  }

  /// Adds the square of a sum of weighted bits: a penalty that vanishes where the sum does.
  ///
  /// @param bits distinct or not
  /// @param weights one for each
  public QuadraticForm addSquare(int[] bits, int[] weights) {
    for (int i = 0; i < bits.length; i++) {
      for (int j = 0; j < bits.length; j++) {
        add(bits[i], bits[j], (double) weights[i] * weights[j]);
      }
    }
    return this;
  }

  /// The model whose energy is the form, but for [#offset].
  public IsingModel model() {
    IsingModel.Builder builder = IsingModel.of(size());
    for (int bit = 0; bit < size(); bit++) {
      builder.field(bit, -linear[bit] / 2);
    }
    for (Product product : products) {
      double quarter = product.coefficient / 4;
      builder
          .couple(product.one, product.other, -quarter)
          .field(product.one, -quarter)
          .field(product.other, -quarter);
    }
    return builder.build();
  }

  /// What the form is more than the energy of its model.
  public double offset() {
    double offset = constant;
    for (double coefficient : linear) {
      offset += coefficient / 2;
    }
    for (Product product : products) {
      offset += product.coefficient / 4;
    }
    return offset;
  }
}
