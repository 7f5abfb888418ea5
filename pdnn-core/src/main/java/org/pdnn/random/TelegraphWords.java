package org.pdnn.random;

/// Words that stay for a while: u_t = u_(t-1) with probability a, else a fresh word.
///
/// A p-bit of constant input that compares them is a telegraph process, as [Imperfection.Telegraph]
/// says.
final class TelegraphWords extends MarkovWords {
  private final RandomWords source;
  private final double stay;

  TelegraphWords(RandomWords source, double stay) {
    this.source = source;
    this.stay = stay;
  }

  @Override
  RandomWords source() {
    return source;
  }

  /// A fresh word and a coin.
  @Override
  int wordsAStep() {
    return 2;
  }

  /// The state is the word itself, which a double holds exactly.
  @Override
  double start(int word) {
    return word;
  }

  @Override
  double step(double state, int[][] words, int unit) {
    return RandomWords.uniform(words[1][unit]) < stay ? state : words[0][unit];
  }

  @Override
  int shown(double state) {
    return (int) state;
  }
}
