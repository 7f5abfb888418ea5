package org.pdnn.random;

/// Numbers from N(0, 1), each addressed as words are, by Box and Muller's method; StrictMath for
/// equal bits everywhere.
public final class Gaussian {
  private Gaussian() {}

  /// The number of one address: from its words for the samples 0 and 1.
  public static double of(RandomWords words, long input, int layer, int unit) {
    double radius = RandomWords.uniform(words.word(input, layer, unit, 0)) + 0x1p-33;
    double angle = RandomWords.uniform(words.word(input, layer, unit, 1));
    return StrictMath.sqrt(-2 * StrictMath.log(radius)) * StrictMath.cos(2 * Math.PI * angle);
  }
}
