package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void threeValuesByHand() {
    // Mean 2, s = 1, t with 2 degrees of freedom 4.303: 4.303 / sqrt(3) = 2.4843.
    Estimate estimate = Estimate.over(1, 2, 3);
    assertEquals(2, estimate.value(), 1e-15);
    assertEquals(2 - 2.4843, estimate.low(), 1e-4);
    assertEquals(2 + 2.4843, estimate.high(), 1e-4);
  }

  @Test
  void aSingleRepetitionIsItsOwnBounds() {
    assertEquals(new Estimate(0.7, 0.7, 0.7), Estimate.over(0.7));
  }

  /// Student's t would give -5.9 to 6.9 here, which says nothing.
  @Test
  void twoRepetitionsMakeARangeAndNoInterval() {
    assertEquals(new Estimate(0.5, 0.4, 0.6), Estimate.over(0.6, 0.4));
    assertEquals("range", Estimate.boundsName(2));
    assertEquals("95 %", Estimate.boundsName(3));
  }

  @Test
  void boundsAreCutToTheRangeOfTheMeasure() {
    assertEquals(new Estimate(0.5, 0, 1), new Estimate(0.5, -1, 2).within(0, 1));
  }

  @Test
  void nonsenseIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Estimate(2, 0, 1));
    assertEquals(
        "an estimate must be finite and lie within its bounds, got 2.0 in [0.0, 1.0]",
        e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> new Estimate(Double.NaN, 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Estimate(1, 0, Double.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, Estimate::over);
  }

  @Test
  void theIntervalHoldsTheTruthNineteenTimesInTwenty() {
    Random random = new Random(1);
    int repetitions = 10_000;
    int held = 0;
    for (int i = 0; i < repetitions; i++) {
      double[] values = random.doubles(5).map(u -> random.nextGaussian()).toArray();
      Estimate estimate = Estimate.over(values);
      held += estimate.low() <= 0 && 0 <= estimate.high() ? 1 : 0;
    }
    // Fails for one seed in 15,000 (|z| < 4); the seed is fixed.
    double z = (held - 0.95 * repetitions) / Math.sqrt(0.95 * 0.05 * repetitions);
    assertTrue(Math.abs(z) < 4);
  }
}
