package org.pdnn.energy.language;

import org.pdnn.names.Limits;

/// Tokens that a model takes in one go or one by one.
///
/// @param before tokens of the context that are there already
/// @param tokens tokens that are added
/// @param together whether they go through the model together, as a prompt does, so that weights,
///   keys and values are read once for all of them; else each reads them anew
public record Span(int before, int tokens, boolean together) {
  public Span {
    Limits.atLeast("tokens before", 0, before);
    Limits.atLeast("tokens", 1, tokens);
  }

  /// The prompt.
  public static Span prompt(int tokens) {
    return new Span(0, tokens, true);
  }

  /// What is generated after a prompt.
  public static Span generation(int prompt, int tokens) {
    return new Span(prompt, tokens, false);
  }

  /// Tokens of the context when the span is over.
  public long context() {
    return (long) before + tokens;
  }

  /// How often weights are read.
  int reads() {
    return together ? 1 : tokens;
  }

  /// Pairs of a token and one it looks at, itself included.
  ///
  /// @param window how many tokens a token looks at, at most
  double pairs(long window) {
    long rising = Math.min(context(), window);
    long level = Math.max(0, context() - Math.max(before, window));
    return triangle(rising) - triangle(Math.min(before, rising)) + (double) window * level;
  }

  private static double triangle(long n) {
    return 0.5 * n * (n + 1.0);
  }

  /// Tokens whose keys and values are read from the cache.
  double cached(long window) {
    return together ? tokens : pairs(window);
  }
}
