package org.pdnn.sampling.kernel;

import org.pdnn.integer.Probability;

/// The coefficients of [Probability] as bit patterns, which permutations of integers look up.
final class Cubics {
  private Cubics() {}

  /// By power, then segment.
  static int[] bits() {
    int[] cubics = new int[4 * Probability.SEGMENTS];
    for (int power = 0; power < 4; power++) {
      float[] coefficients = Probability.coefficients(power);
      for (int segment = 0; segment < Probability.SEGMENTS; segment++) {
        cubics[power * Probability.SEGMENTS + segment] =
            Float.floatToRawIntBits(coefficients[segment]);
      }
    }
    return cubics;
  }
}
