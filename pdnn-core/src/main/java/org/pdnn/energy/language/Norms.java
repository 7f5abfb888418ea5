package org.pdnn.energy.language;

/// Values of a token that the norms of a block scale.
///
/// @param before on the way to the block's hidden neurons
/// @param after on the way out of them
public record Norms(long before, long after) {
  long values() {
    return before + after;
  }
}
