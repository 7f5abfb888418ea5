package org.pdnn.sampling.kernel;

import java.util.Random;

/// Codes of one output for tests, of every format and at its extremes. As those of a network they
/// span at most 65,535; the rest is 0.
final class SomeWeights {
  private static final int SPAN = 0xFFFF;

  private SomeWeights() {}

  /// @param kind 0: mostly 0; 1: of one bit; 2: of 4 bits; 3: of 8 bits; 4: of 8 bits in groups
  static short[] of(Random random, int count, int kind) {
    int most = new int[] {1, 1, 7, 127, 127 * 16}[kind];
    int sign = random.nextInt(5);
    short[] weights = new short[count];
    int span = 0;
    for (int i = 0; i < count; i++) {
      int weight =
          switch (sign) {
            case 0 -> most;
            case 1 -> -most;
            case 2 -> 0;
            case 3 -> random.nextBoolean() ? most : -most;
            default -> random.nextInt(2 * most + 1) - most;
          };
      boolean kept = kind > 0 || random.nextInt(20) == 0;
      if (kept && span + Math.abs(weight) <= SPAN) {
        span += Math.abs(weight);
        weights[i] = (short) weight;
      }
    }
    return weights;
  }
}
