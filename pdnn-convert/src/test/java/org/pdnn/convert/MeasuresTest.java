package org.pdnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.network.Network;

/// What passes are measured by, against sums by hand.
class MeasuresTest {
  /// Two inputs of two classes: right with logits 1 and 0, wrong with 0 and 2.
  private static final LabelledLogits TWO =
      new LabelledLogits(new double[][] {{1, 0}, {0, 2}}, new int[] {0, 0});

  @Test
  void answersAreCountedByTheDefinitions() {
    assertEquals(0.5, TWO.accuracy());
    double byHand = (Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(2))) / 2;
    assertEquals(byHand, TWO.negativeLogLikelihood(), 1e-15);
    double halved = (Math.log(1 + Math.exp(-0.5)) + Math.log(1 + Math.exp(1))) / 2;
    assertEquals(halved, TWO.negativeLogLikelihood(0.5), 1e-15);
    LabelledLogits other = new LabelledLogits(new double[][] {{1, 0.5}, {-3, 2}}, new int[] {0, 0});
    assertEquals(3, TWO.largestDifference(other));
  }

  /// Labels drawn with the probabilities of logits z; logits 3 z are too sure by a factor of 3.
  @Test
  void theBestFactorUndoesWhatLogitsWereMultipliedBy() {
    SplittableRandom random = new SplittableRandom(1);
    double[][] logits = new double[20_000][2];
    int[] labels = new int[logits.length];
    for (int i = 0; i < logits.length; i++) {
      double z = random.nextDouble(-3, 3);
      logits[i][1] = 3 * z;
      labels[i] = random.nextDouble() < 1 / (1 + Math.exp(-z)) ? 1 : 0;
    }
    // Its standard error is 0.003; 0.02 fails for fewer than one seed in a million.
    assertEquals(1 / 3.0, LogitGain.best(new LabelledLogits(logits, labels)).factor(), 0.02);
  }

  @Test
  void matchedPreActivationsHaveMeanAndDeviationOfTheTwin() throws Exception {
    Network cnn = TrainedDigits.cnn("tanh");
    Calibration calibration = TrainedDigits.calibration(4, "8");
    Network random = Conversion.UNMEASURED.convert(cnn).network();
    Change matched = MatchStatistics.apply(random, Optional.of(calibration));
    assertTrue(matched.effect().startsWith("negative log-likelihood"), matched.effect());
    int second = 3;
    Network twin = random.deterministicTwin();
    LayerValues exact = LayerValues.of(twin, second, 12, calibration);
    LayerValues noisy = LayerValues.of(random, second, 12, calibration);
    LayerValues after = LayerValues.of(matched.network(), second, 12, calibration);
    for (int c = 0; c < 12; c++) {
      assertTrue(noisy.deviation(c) > 1.05 * exact.deviation(c), "noise widens channel " + c);
      // Measured on fewer inputs here than there.
      assertEquals(exact.deviation(c), after.deviation(c), 0.1 * exact.deviation(c));
      assertEquals(exact.mean(c), after.mean(c), 0.1 * exact.deviation(c));
    }
  }

  @Test
  void aLossIsToleratedWhileThereIsHope() throws Exception {
    LossCheck check = new LossCheck(0.02);
    check.step(result("first", 0.4), loss(120, 300), true);
    check.step(result("second", -0.39), loss(3, 300), false);
    check.step(result("third", 0.02), loss(6, 300), true);
    check.step(result("fourth", 0.27), loss(87, 300), true);
    var e =
        assertThrows(
            ConversionException.class,
            () -> check.step(result("fifth", -0.1), loss(60, 300), false));
    assertEquals(
        "step 'fourth' loses more than the 2 points that are tolerated: 20.00 points of accuracy"
            + " (15.47 to 24.53, the 95 % interval of 300 images) are lost at the end of 'fifth'",
        e.reason());
    assertEquals(5, e.steps().size());
  }

  /// 9 of 300 images are 3 points, by chance or not; 21 are 7, and not by chance more than 2.
  @Test
  void aLossMustBeMoreThanItsIntervalBeforeAJudgeRefusesIt() throws Exception {
    new LossCheck(0.02).step(result("nine images", 0.03), loss(9, 300), false);
    assertThrows(
        ConversionException.class,
        () -> new LossCheck(0.02).step(result("21 images", 0.07), loss(21, 300), false));
    // Of few images every interval is wide, and so large is the p-value of the sign test.
    new LossCheck(0).step(result("four of ten", 0.4), loss(4, 10), false);
  }

  /// So many inputs were right before and are wrong, all others are right.
  private static PairedDifference loss(int wrong, int inputs) {
    BitSet all = new BitSet();
    all.set(0, inputs);
    BitSet rest = new BitSet();
    rest.set(wrong, inputs);
    return PairedDifference.of(
        new Correctness(inputs, List.of(all)), new Correctness(inputs, List.of(rest)));
  }

  private static StepOutcome result(String pass, double loss) {
    return new StepOutcome(
        pass,
        "",
        List.of(),
        Optional.of(new StepOutcome.Cost(1 - loss, Estimate.exact(loss), 1, 1)),
        java.time.Duration.ZERO);
  }
}
