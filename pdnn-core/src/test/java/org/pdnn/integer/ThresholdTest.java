package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Activation;

class ThresholdTest {
  private static final int LEAST = Short.MIN_VALUE;
  private static final int MOST = Short.MAX_VALUE;

  private static double probability(Threshold curve, int preActivation) {
    return curve.of(preActivation) / (double) Threshold.ONE;
  }

  @Test
  void theErrorStaysWithinItsPromiseForEveryPreActivation() {
    for (Threshold curve : new Threshold[] {Threshold.SIGMOID, Threshold.TANH}) {
      int steepness = curve == Threshold.TANH ? 2 : 1;
      double greatest = 0;
      for (int i = LEAST; i <= MOST; i++) {
        double exact = 1 / (1 + Math.exp(-steepness * i / 1024.0));
        greatest = Math.max(greatest, Math.abs(probability(curve, i) - exact));
      }
      assertTrue(greatest <= Threshold.ERROR, curve + " is off by " + greatest);
      assertTrue(greatest > 0.8 * Threshold.ERROR, curve + ", a loose promise: " + greatest);
    }
  }

  @Test
  void thatOfClipIsExact() {
    for (int i = LEAST; i <= MOST; i++) {
      assertEquals(Activation.CLIP.apply(i / 1024.0), probability(Threshold.CLIP, i));
    }
  }

  @Test
  void noThresholdFalls() {
    for (Threshold curve : Threshold.values()) {
      for (int i = LEAST; i < MOST; i++) {
        assertTrue(curve.of(i) <= curve.of(i + 1), curve + " falls at " + i);
      }
    }
  }

  @Test
  void sigmoidAndTanhAreSymmetricalAboutOneHalf() {
    for (int i = 0; i <= MOST; i++) {
      assertEquals(Threshold.ONE, Threshold.SIGMOID.of(i) + Threshold.SIGMOID.of(-i));
      assertEquals(Threshold.ONE, Threshold.TANH.of(i) + Threshold.TANH.of(-i));
    }
    assertEquals(Threshold.ONE / 2, Threshold.SIGMOID.of(0));
    assertEquals(Threshold.ONE / 2, Threshold.TANH.of(0));
  }

  @Test
  void aGreatPreActivationIsCertain() {
    for (int i : new int[] {Threshold.CERTAIN, 8192, MOST}) {
      assertEquals(Threshold.ONE, Threshold.SIGMOID.of(i));
      assertEquals(0, Threshold.SIGMOID.of(-i));
    }
    assertEquals(0, Threshold.SIGMOID.of(LEAST));
    assertEquals(0, Threshold.TANH.of(LEAST));
    assertEquals(Threshold.ONE, Threshold.TANH.of(4096));
  }

  /// A circuit and a page of the documents have these numbers too.
  @Test
  void theTableIsTheSameOnEveryMachine() {
    int[] bases = Threshold.bases();
    int[] slopes = Threshold.slopes();
    assertArrayEquals(
        new int[] {
          0, 2043, 4023, 5880, 7585, 9099, 10418, 11544, 12487, 13267, 13904, 14421, 14836, 15165,
          15427, 15635, 15797, 15924, 16027, 16106, 16166, 16213, 16254, 16280, 16304, 16320, 16337,
          16346, 16354, 16361, 16368, 16369
        },
        bases);
    assertArrayEquals(
        new int[] {
          255, 247, 232, 213, 189, 165, 141, 118, 98, 80, 65, 52, 41, 33, 26, 20, 16, 13, 10, 7, 6,
          5, 3, 3, 2, 2, 1, 1, 1, 1, 0, 2
        },
        slopes);
    Arrays.fill(bases, 7);
    assertEquals(0, Threshold.bases()[0], "the table is its readers' to change");
  }

  @Test
  void aBitIsUpForAsManyWordsAsItsThresholdSays() {
    assertFalse(Threshold.up(0, 0));
    assertTrue(Threshold.up(-1, Threshold.ONE));
    for (int threshold : new int[] {1, 2, 0x4000, Threshold.ONE - 1}) {
      int least = threshold << 17;
      assertTrue(Threshold.up(least - 1, threshold));
      assertFalse(Threshold.up(least, threshold));
      assertFalse(Threshold.up(-1, threshold));
    }
  }

  @Test
  void theOrOfTwoBitsStaysDownWithTheProductOfTheirProbabilities() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      int one = random.nextInt(Threshold.ONE + 1);
      int other = random.nextInt(Threshold.ONE + 1);
      double down = (1 - one * 0x1p-15) * (1 - other * 0x1p-15);
      assertEquals(1 - down, Threshold.either(one, other) * 0x1p-15, 0x1p-16);
      assertEquals(one, Threshold.either(one, 0));
      assertEquals(one, Threshold.either(0, one));
      assertEquals(Threshold.ONE, Threshold.either(one, Threshold.ONE));
    }
  }

  @Test
  void everyMeanOfAPBitHasItsCurve() {
    assertEquals(Threshold.SIGMOID, Threshold.of(Activation.SIGMOID));
    assertEquals(Threshold.TANH, Threshold.of(Activation.TANH));
    assertEquals(Threshold.CLIP, Threshold.of(Activation.CLIP));
    assertThrows(IllegalArgumentException.class, () -> Threshold.of(Activation.RELU));
  }
}
