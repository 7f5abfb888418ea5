package org.pdnn.integer;

import java.util.List;
import org.pdnn.network.Shape;

/// A network of p-bits in integers: the one meaning that the scalar reference, the kernels and a
/// circuit share.
///
/// @param input the shape of one input
/// @param grid how inputs become integers
/// @param hidden the layers of p-bits in order, at least one
/// @param output the last layer, whose sums are the logits
public record IntegerNetwork(
    Shape input, InputGrid grid, List<IntegerLayer> hidden, IntegerLayer output) {
  public IntegerNetwork {
    hidden = List.copyOf(hidden);
    if (hidden.isEmpty()) {
      throw new IllegalArgumentException("a network in integers needs a layer of p-bits");
    }
  }

  /// Number of logits.
  public int outputs() {
    return output.field().outputs();
  }
}
