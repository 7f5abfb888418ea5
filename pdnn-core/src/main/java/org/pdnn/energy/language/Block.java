package org.pdnn.energy.language;

/// A transformer block.
///
/// @param window how many tokens a head looks at, at most
public record Block(Attention attention, FeedForward feedForward, Norms norms, long window) {
  /// The window of heads that look at everything.
  static final long UNBOUNDED = Long.MAX_VALUE;

  /// Like blocks.
  ///
  /// @param count how many
  public record Run(int count, Block block) {}

  /// @param norm parameters of a norm for each value
  long parameters(long width, int norm) {
    return others(width, norm) + feedForward.parameters(width);
  }

  /// Parameters that a token meets.
  long active(long width, int norm) {
    return others(width, norm) + feedForward.active(width);
  }

  private long others(long width, int norm) {
    return attention.matrices(width) + attention.others(width) + norm * norms.values();
  }
}
