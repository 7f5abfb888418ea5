package org.pdnn.random;

/// Passes that remember each other: z_t = a z_(t-1) + sqrt(1 - a^2) n_t with independent standard
/// normal n_t and z_0 = n_0, and u_t = P(Z < z_t).
///
/// A first-order autoregression under a Gaussian copula: u is uniform in every pass, z has the
/// correlation a^k over k passes, and u has 6 / pi arcsin(a^k / 2).
final class CorrelatedWords extends MarkovWords {
  private final RandomWords source;
  private final double correlation;
  private final double innovation;

  CorrelatedWords(RandomWords source, double correlation) {
    this.source = source;
    this.correlation = correlation;
    this.innovation = Math.sqrt(1 - correlation * correlation);
  }

  @Override
  RandomWords source() {
    return source;
  }

  @Override
  int wordsAStep() {
    return 1;
  }

  @Override
  double start(int word) {
    return Normal.quantile(word);
  }

  @Override
  double step(double state, int[][] words, int unit) {
    return correlation * state + innovation * Normal.quantile(words[0][unit]);
  }

  @Override
  int shown(double state) {
    return Normal.word(state);
  }
}
