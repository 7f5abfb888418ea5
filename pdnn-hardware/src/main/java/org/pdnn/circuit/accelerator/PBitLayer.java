package org.pdnn.circuit.accelerator;

import java.util.Optional;
import org.pdnn.integer.Affine;
import org.pdnn.integer.Threshold;
import org.pdnn.network.Window;

/// Weights, and the p-bits that their sums feed.
///
/// @param pooling what becomes of neighbours before the draw
/// @param address of the p-bits' words
record PBitLayer(
    WeightLayer weights, Affine affine, Optional<Pooling> pooling, Threshold curve, int address) {
  /// A max pool over p-bits or, before them, over pre-activations.
  ///
  /// @param window without padding
  record Pooling(Window window, Rule rule) {}

  /// What the threshold of a pool is.
  enum Rule {
    /// That of the OR of its members' p-bits.
    EITHER,

    /// The greatest of its members': thresholds rise with pre-activations.
    GREATEST
  }

  Scan scan() {
    return weights.scan(pooling.map(Pooling::window));
  }
}
