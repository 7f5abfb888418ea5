package org.pdnn.energy;

import org.pdnn.network.Neuron;

/// The work of one synapse, of one neuron and of one number moved, by a convention.
public record UnitWork(Convention convention) {
  /// Bits of a real number.
  public static final int REAL = Neuron.Deterministic.FULL;

  /// e_S / n: one input meets its weight.
  ///
  /// - One bit: no multiplication, and an addition only when the bit is 1.
  /// - More bits: a multiplication and an addition. With weights of one bit only the addition
  ///   remains.
  ///
  /// @param bits what the neuron that is read makes
  /// @param rate share of one-bit inputs that add
  public Work synapse(int bits, double rate) {
    int weight = convention.widths().weight();
    int operand = convention.widths().operand(bits);
    Work sum = Work.of(Operation.ADD, ScalingLaws.addition(Math.max(weight, operand)));
    if (operand == 1) {
      return sum.times(rate);
    }
    return weight == 1 ? sum : sum.plus(multiplied(weight, operand));
  }

  /// The sum of two activations.
  ///
  /// @param bits of the sum
  Work sum(int bits) {
    return Work.of(Operation.ADD, ScalingLaws.addition(convention.widths().operand(bits)));
  }

  /// The product of two activations.
  Work product(int bits, int otherBits) {
    BitWidths widths = convention.widths();
    return multiplied(widths.operand(bits), widths.operand(otherBits));
  }

  /// Products of two real activations.
  public Work products(double count) {
    int operand = convention.widths().operand(REAL);
    return multiplied(operand, operand).times(count);
  }

  /// Sums of two real activations.
  public Work sums(double count) {
    int operand = convention.widths().operand(REAL);
    return Work.of(Operation.ADD, ScalingLaws.addition(operand) * count);
  }

  private static Work multiplied(int bits, int otherBits) {
    return Work.of(Operation.MULTIPLY, ScalingLaws.multiplication(bits, otherBits));
  }

  /// e_N, the activation function and what makes the output random, and what the elementary
  /// operation takes beside its parts.
  public Work neuron(Neuron neuron) {
    return Work.of(Operation.ACTIVATE, 1).plus(Work.of(Operation.OVERHEAD, 1)).plus(noise(neuron));
  }

  /// What each pass does with the word it drew. A noisy neuron adds its noise (ours; the paper
  /// prices p-bits only).
  Work noise(Neuron neuron) {
    return switch (neuron) {
      case Neuron.Deterministic _ -> Work.NONE;
      case Neuron.PBit _ -> Work.of(Operation.COMPARE, 1);
      case Neuron.Noisy _ -> Work.of(Operation.ADD, 1);
    };
  }

  /// The random word of one neuron.
  public Work word(Neuron neuron) {
    return neuron.random() ? Work.of(Operation.DRAW, 1) : Work.NONE;
  }

  /// Reading or writing one activation.
  ///
  /// @param bits what its neuron makes
  public Work activation(int bits) {
    return Work.of(Operation.ACTIVATION_BIT, convention.widths().stored(bits));
  }

  /// Reading so many weights.
  public Work weights(double count) {
    return Work.of(Operation.WEIGHT_BIT, count * convention.widths().weight());
  }

  /// Reading or writing so many real numbers of the keys and values.
  public Work cache(double count) {
    return Work.of(Operation.CACHE_BIT, count * convention.widths().stored(REAL));
  }
}
