package org.pdnn.energy.language;

/// What a block does with each token by itself.
public sealed interface FeedForward permits Mlp, Experts {
  /// All parameters.
  long parameters(long width);

  /// Parameters that a token meets.
  long active(long width);

  /// Hidden neurons that a token meets.
  long hidden();
}
