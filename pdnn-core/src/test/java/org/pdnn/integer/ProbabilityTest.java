package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProbabilityTest {
  private static double exact(double preActivation) {
    return 1 / (1 + Math.exp(preActivation));
  }

  @Test
  void theErrorStaysWithinItsPromise() {
    double greatest = 0;
    for (int i = -20 * 4096; i <= 20 * 4096; i++) {
      float preActivation = i / 4096f;
      double error = Math.abs(Probability.down(preActivation) - exact(preActivation));
      greatest = Math.max(greatest, error);
    }
    assertTrue(greatest <= Probability.ERROR, "error " + greatest);
    assertTrue(greatest > Probability.ERROR / 2, "the promise is loose: " + greatest);
  }

  /// Beyond the bound the probability is that of 15.5: sigmoid(-15.5) = 2e-7 too much or too little
  /// at most.
  @Test
  void theTailsAreConstantAndAsSmallAsPromised() {
    double tail = exact(15.5);
    for (float far : new float[] {15.499999f, 15.5f, 15.500001f, 16, 20, 1e9f, Float.MAX_VALUE}) {
      assertEquals(Probability.down(Probability.BOUND), Probability.down(far));
      assertEquals(tail, Probability.down(far), 1e-8);
      assertEquals(1 - tail, Probability.down(-far), 1e-7);
    }
  }

  @Test
  void theSignOfZeroDoesNotMatter() {
    assertEquals(Probability.down(0f), Probability.down(-0f));
  }

  @Test
  void thatOfClipIsRoundedOnce() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      float preActivation = random.nextFloat() * (i % 2 == 0 ? 1 : 1e-6f);
      assertEquals((float) (1 - (double) preActivation), Probability.downClip(preActivation));
    }
    for (float below : new float[] {0f, -0f, -Float.MIN_VALUE, -1, Float.NEGATIVE_INFINITY}) {
      assertEquals(1, Probability.downClip(below));
    }
    for (float above : new float[] {1, Math.nextUp(1f), 1e9f, Float.POSITIVE_INFINITY}) {
      assertEquals(0, Probability.downClip(above));
    }
    assertEquals(0x1p-24f, Probability.downClip(Math.nextDown(1f)));
  }

  @Test
  void thatOfClipIsNeverNotANumber() {
    assertEquals(0, Probability.downClip(Float.NaN));
    assertEquals(1, Probability.downClip(Float.intBitsToFloat(0xFFC00000)));
  }

  /// Multiples of 2^-24 are met exactly, the others by the nearest draw.
  @Test
  void aClippedBitFiresForAsManyDrawsAsItsPreActivationSays() {
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      int draws = random.nextInt((1 << 24) + 1);
      assertEquals(draws, Probability.threshold(Probability.downClip(draws * 0x1p-24f)));
    }
  }

  @Test
  void everyCurveHasItsProbability() {
    assertEquals(Probability.down(0.3f), ProbabilityCurve.SIGMOID.down(0.3f));
    assertEquals(Probability.downClip(0.3f), ProbabilityCurve.CLIP.down(0.3f));
  }

  @Test
  void thresholdsCountUnitsOfTheirDraws() {
    assertEquals(0, Probability.threshold(1));
    assertEquals(1 << 24, Probability.threshold(0));
    assertEquals(1 << 23, Probability.threshold(0.5f));
    assertEquals((1 << 24) - 1, Probability.draw(-1));
  }
}
