package org.pdnn.energy.language;

import java.util.Set;
import org.pdnn.energy.BitWidths;

/// Bits of the published weights.
///
/// @param bits of all that is not quantised, and of real numbers
/// @param quantised bits of what is
/// @param parts what is quantised
public record Storage(int bits, int quantised, Set<Part> parts) {
  /// Layers of weights that a quantisation takes or leaves. Embedding, norms and routers it leaves.
  public enum Part {
    ATTENTION,
    MLP,
    HEAD
  }

  public Storage {
    parts = Set.copyOf(parts);
  }

  /// The same bits for all.
  static Storage of(int bits) {
    return new Storage(bits, bits, Set.of(Part.ATTENTION, Part.MLP));
  }

  /// What is not quantised stands where networks have their first and last layer.
  BitWidths widths() {
    BitWidths widths = BitWidths.FULL.withWeight(quantised).withActivation(bits);
    return quantised == bits ? widths : widths.withEdge(bits);
  }
}
