package org.pdnn.energy.language;

/// How the tokens of a block look at each other: its heads, by the sizes that cost something.
public sealed interface Attention permits GroupedAttention, LatentAttention {
  /// Heads of queries.
  int heads();

  /// Weights that multiply, each once per token.
  long matrices(long width);

  /// Parameters that do not: biases, norms and sinks.
  long others(long width);

  /// Values that the matrices write for a token.
  long outputs(long width);

  /// Values of queries and keys that a norm scales.
  long normalised();

  /// Values of queries and keys that a rotary embedding turns.
  long rotated();

  /// Values of a token that its successors read.
  long cached();

  /// Multiply-accumulates of a token with one that it looks at, all heads together.
  ///
  /// @param prompt whether many tokens go together, each of which looks at many
  long pair(boolean prompt);

  /// Values of a token that come out of its heads.
  long mixed(boolean prompt);
}
