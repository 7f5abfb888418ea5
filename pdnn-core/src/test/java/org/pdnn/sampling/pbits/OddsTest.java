package org.pdnn.sampling.pbits;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.integer.Threshold;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// P(b = 1) of the chosen kernel's bits. Seeds are fixed.
class OddsTest {
  private static final int UNITS = 4096;

  /// Inputs of a point of the curve.
  private static final int INPUTS = 8;

  /// From -5.8 to 5.8: the rarest bit has 100 expected.
  private static final int POINTS = 32;

  /// A chi-square of 32 degrees of freedom is above the one for one seed in 10,000, and as rarely
  /// below the other.
  private static final double MOST = 71;

  private static final double LEAST = 10;

  /// Inputs of a bit alone, whose square is above the bound for one seed in 10,000.
  private static final int MANY_INPUTS = 32;

  private static final double MOST_OF_ONE = 15.2;

  private final PBits kernel = PBitKernels.chosen();

  /// Bits that are up, of a pass for each input.
  private int up(int threshold, Scheme scheme, int inputs, long seed) {
    Words words = kernel.words(new Philox(seed), scheme, 32, 1, UNITS, 1);
    int up = 0;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment thresholds = arena.allocate(2L * UNITS + PBits.PADDING, 64);
      MemorySegment codes = arena.allocate(UNITS + PBits.PADDING, 64);
      for (int i = 0; i < UNITS; i++) {
        thresholds.setAtIndex(JAVA_SHORT, i, (short) threshold);
      }
      for (int input = 0; input < inputs; input++) {
        words.turnTo(0, input);
        kernel.fire(thresholds, 0, words, input, UNITS, codes, 0);
        for (int i = 0; i < UNITS; i++) {
          up += codes.get(JAVA_BYTE, i);
        }
      }
    }
    return up;
  }

  /// The square of the standardised number of bits, if they are up with the probability of a
  /// threshold.
  private static double square(int up, int threshold, int inputs) {
    double bits = (double) UNITS * inputs;
    double probability = threshold / (double) Threshold.ONE;
    double off = up - bits * probability;
    return off * off / (bits * probability * (1 - probability));
  }

  @ParameterizedTest
  @EnumSource(names = {"INDEPENDENT", "SCRAMBLED"})
  void bitsAreUpAsOftenAsTheirThresholdsSay(Scheme scheme) {
    double chiSquare = 0;
    for (int point = 0; point < POINTS; point++) {
      int threshold = Threshold.SIGMOID.of(-5952 + 384 * point);
      chiSquare += square(up(threshold, scheme, INPUTS, point), threshold, INPUTS);
    }
    assertTrue(chiSquare > LEAST && chiSquare < MOST, scheme + ": " + chiSquare);
  }

  @ParameterizedTest
  @EnumSource(names = {"INDEPENDENT", "SCRAMBLED"})
  void bitsThatAreUpTooOftenAreFound(Scheme scheme) {
    int half = Threshold.ONE / 2;
    int planted = (int) (0.51 * Threshold.ONE);
    double sound = square(up(half, scheme, MANY_INPUTS, 1), half, MANY_INPUTS);
    double biased = square(up(planted, scheme, MANY_INPUTS, 1), half, MANY_INPUTS);
    assertTrue(sound < MOST_OF_ONE, scheme + ": " + sound);
    assertTrue(biased > MOST_OF_ONE, "0.51 passes for 0.5: " + biased);
  }
}
