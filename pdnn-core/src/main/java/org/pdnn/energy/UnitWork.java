package org.pdnn.energy;

import org.pdnn.network.Neuron;

/// The work of one synapse and of one neuron.
final class UnitWork {
  /// Bits of a weight, b_w, and of a real number.
  static final int FULL = Neuron.Deterministic.FULL;

  private UnitWork() {}

  /// e_S / n: one input meets its weight.
  ///
  /// - 32 bits: a multiplication and an addition.
  /// - One bit: no multiplication, and an addition only when the bit is 1: half of them, the
  ///   paper's 77.2-fold saving (figure 6a). Bits in {-1, +1} are 2b - 1, whose constant part joins
  ///   the bias, so they cost the same.
  /// - k bits between: k / 32 of a multiplication, as an array multiplier has one row of adders a
  ///   bit, and an addition. An assumption of ours; the paper prices 1 and 32 bits only.
  static Work synapse(int bits) {
    return bits == 1
        ? Work.of(Operation.ADD, 0.5)
        : Work.of(Operation.MULTIPLY, (double) bits / FULL).plus(Work.of(Operation.ADD, 1));
  }

  /// e_N: the activation function and what makes the output random.
  static Work neuron(Neuron neuron) {
    return Work.of(Operation.ACTIVATE, 1).plus(randomness(neuron));
  }

  /// What each pass does anew when the pre-activation has not changed. A noisy neuron adds its
  /// noise (ours; the paper prices p-bits only).
  static Work randomness(Neuron neuron) {
    return switch (neuron) {
      case Neuron.Deterministic _ -> Work.NONE;
      case Neuron.PBit _ -> Work.of(Operation.DRAW, 1).plus(Work.of(Operation.COMPARE, 1));
      case Neuron.Noisy _ -> Work.of(Operation.DRAW, 1).plus(Work.of(Operation.ADD, 1));
    };
  }

  /// Reading or writing one activation of b_a bits.
  static Work activation(int bits) {
    return Work.of(Operation.ACTIVATION_BIT, bits);
  }

  /// Reading so many weights.
  static Work weights(long count) {
    return Work.of(Operation.WEIGHT_BIT, (double) count * FULL);
  }
}
