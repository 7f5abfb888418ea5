package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pdnn.sampling.Outputs;

class TallyTest {
  private static final double ROUNDING = 1e-9;

  @Test
  void twoInputsByHand() {
    Tally tally = new Tally();
    tally.add(new double[] {0.5, 0.3, 0.2}, 0, 0, 0);
    tally.add(new double[] {0.1, 0.6, 0.3}, 1, 2, 2);
    assertEquals(0.5, tally.accuracy());
    assertEquals(0.5, tally.agreement());
    assertEquals(-(Math.log(0.5) + Math.log(0.3)) / 2, tally.negativeLogLikelihood(), ROUNDING);
    // (0.25 + 0.09 + 0.04 + 0.01 + 0.36 + 0.49) / 2
    assertEquals(0.62, tally.brier(), ROUNDING);
    // Two bins of one input each: (|1 - 0.5| + |0 - 0.6|) / 2.
    assertEquals(0.55, tally.expectedCalibrationError(), ROUNDING);
  }

  @Test
  void errorsCancelWithinABin() {
    Tally tally = new Tally();
    tally.add(new double[] {0.65, 0.35}, 0, 0, 0);
    tally.add(new double[] {0.65, 0.35}, 0, 1, 0);
    assertEquals((2 * 0.65 - 1) / 2, tally.expectedCalibrationError(), ROUNDING);
  }

  @Test
  void binsAreOpenBelowAndClosedAbove() {
    // 10/15 is the top of the tenth bin, a little more is in the eleventh: no cancelling.
    Tally apart = new Tally();
    apart.add(new double[] {10 / 15.0, 5 / 15.0}, 0, 0, 0);
    apart.add(new double[] {0.67, 0.33}, 0, 1, 0);
    assertEquals((5 / 15.0 + 0.67) / 2, apart.expectedCalibrationError(), ROUNDING);
    Tally together = new Tally();
    together.add(new double[] {10 / 15.0, 5 / 15.0}, 0, 0, 0);
    together.add(new double[] {0.66, 0.34}, 0, 1, 0);
    assertEquals((0.66 - 5 / 15.0) / 2, together.expectedCalibrationError(), ROUNDING);
  }

  @Test
  void aPerfectPredictorCostsNothing() {
    Tally tally = new Tally();
    tally.add(new double[] {0, 1}, 1, 1, 1);
    assertEquals(1, tally.accuracy());
    assertEquals(0, tally.negativeLogLikelihood());
    assertEquals(0, tally.brier());
    assertEquals(0, tally.expectedCalibrationError());
  }

  @Test
  void certaintyThatIsWrongCostsMuchButNotInfinitelyMuch() {
    Tally tally = new Tally();
    tally.add(new double[] {0, 1}, 1, 0, 1);
    assertEquals(744.4400719, tally.negativeLogLikelihood(), 1e-6);
    assertEquals(2, tally.brier());
    assertEquals(1, tally.expectedCalibrationError());
  }

  @Test
  void partsInAnyOrderAddUpToTheSameBits() {
    Tally whole = new Tally();
    Tally even = new Tally();
    Tally odd = new Tally();
    Random random = new Random(4);
    for (int i = 0; i < 1001; i++) {
      double p = random.nextDouble();
      double[] probabilities = {p, 1 - p};
      int chosen = Outputs.argmax(probabilities);
      int label = random.nextInt(2);
      whole.add(probabilities, chosen, label, 0);
      (i % 2 == 0 ? even : odd).add(probabilities, chosen, label, 0);
    }
    odd.merge(even);
    assertEquals(whole.accuracy(), odd.accuracy());
    assertEquals(whole.agreement(), odd.agreement());
    assertEquals(whole.negativeLogLikelihood(), odd.negativeLogLikelihood());
    assertEquals(whole.brier(), odd.brier());
    assertEquals(whole.expectedCalibrationError(), odd.expectedCalibrationError());
  }
}
