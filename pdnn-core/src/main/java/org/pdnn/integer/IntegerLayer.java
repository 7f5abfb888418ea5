package org.pdnn.integer;

import java.util.List;
import java.util.Optional;
import org.pdnn.network.Window;

/// A step of a network in integers. Each reads and writes codes (bytes) or pre-activations (32-bit
/// integers in units of 2^-10), as its place says.
public sealed interface IntegerLayer {
  /// Weighted sums of codes, exact, and the pre-activations that an affine function of each output
  /// makes of them.
  record Linear(WeightCodes weights, Affine affine) implements IntegerLayer {}

  /// The last layer of weights: sums of codes, which a [Readout] turns into logits.
  record Logits(WeightCodes weights, Readout readout) implements IntegerLayer {}

  /// Codes or pre-activations, channel by channel, as pre-activations of another scale.
  record Rescale(Affine affine) implements IntegerLayer {}

  /// The sum of places, unit by unit.
  record Sum() implements IntegerLayer {}

  /// The sum of codes of different steps, or of more than a byte holds, unit by unit: each times a
  /// multiplier, divided together.
  ///
  /// @param multipliers by operand
  record Mixture(List<Integer> multipliers) implements IntegerLayer {
    public Mixture {
      multipliers = List.copyOf(multipliers);
    }
  }

  /// The product of codes, unit by unit, divided.
  record Gate(Division division) implements IntegerLayer {}

  /// Places one after the other, channel by channel.
  record Concatenation() implements IntegerLayer {}

  /// Values in another order: unit i is what unit `order[i]` was.
  record Arrangement(Order order) implements IntegerLayer {}

  /// The greatest value under each place of a window; padding counts for nothing.
  record Greatest(Window window) implements IntegerLayer {}

  /// The sum under each place of a window without padding, divided.
  record Mean(Window window, Division division) implements IntegerLayer {}

  /// p-bits: codes 0 and 1 by pre-activation.
  ///
  /// A max-pool over bits is their OR, and where they feed nothing else one draw serves the pool:
  /// P(OR = 1) = 1 - product of (1 - p_i), exactly.
  ///
  /// @param address index of the p-bits in the trained network's list of layers, for their words
  /// @param curve their threshold by pre-activation
  /// @param pool kernels side by side over which bits are ORed; empty for none
  record PBits(int address, Threshold curve, Optional<Window> pool) implements IntegerLayer {}

  /// Neurons of few levels: codes by pre-activation.
  record Levels(LevelTable table) implements IntegerLayer {}
}
