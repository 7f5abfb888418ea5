package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EquivalentSamplesTest {
  private static final int IMAGES = 200;
  private static final int SEEDS = 5;
  private static final int SAMPLES = 8;

  @Test
  void twoSeedsOfTwoPassesByHand() {
    // Pass 0: 0 and 4, variance 8; pass 1: 2 and 2, variance 0; averages 1 and 3, variance 2.
    double[][][] passes = {{{0}, {2}}, {{4}, {2}}};
    assertEquals(4, EquivalentSamples.ofPass(passes, 2));
    assertEquals(2, EquivalentSamples.ofAverage(passes, 2));
    double[] pass = {4, 4, 4};
    double[] average = {2, 2, 2};
    Estimate estimate = EquivalentSamples.estimate(pass, average).orElseThrow();
    assertEquals(2, estimate.value(), 1e-15);
    assertEquals(2, estimate.low(), 1e-15);
  }

  @Test
  void logitsAddUp() {
    double[][][] passes = {{{0, 1}, {2, 1}}, {{4, 2}, {2, 0}}};
    // The second logit: variances 0.5 and 0.5; averages 1 and 1.
    assertEquals(4.5, EquivalentSamples.ofPass(passes, 2));
    assertEquals(2, EquivalentSamples.ofAverage(passes, 2));
  }

  @Test
  void onePassIsWorthOne() {
    double[][] variances = variances(new Random(1), 1, 0);
    assertEquals(
        Optional.of(Estimate.exact(1)), EquivalentSamples.estimate(variances[0], variances[1]));
  }

  @Test
  void equalRowsHaveNoVarianceAtAll() {
    double[][][] passes = {{{0.1}, {0.3}, {0.7}}, {{0.1}, {0.3}, {0.7}}, {{0.1}, {0.3}, {0.7}}};
    assertEquals(0, EquivalentSamples.ofPass(passes, 3));
    assertEquals(0, EquivalentSamples.ofAverage(passes, 3));
    assertEquals(Optional.empty(), EquivalentSamples.estimate(new double[30], new double[30]));
    assertEquals(Optional.empty(), EquivalentSamples.estimate(new double[] {2}, new double[] {1}));
  }

  @Test
  void theIntervalHoldsTheTruthAboutNineteenTimesInTwenty() {
    Random random = new Random(5);
    int repetitions = 300;
    int held = 0;
    for (int i = 0; i < repetitions; i++) {
      double[][] variances = variances(random, SAMPLES, 0);
      Estimate estimate = EquivalentSamples.estimate(variances[0], variances[1]).orElseThrow();
      held += estimate.low() <= SAMPLES && SAMPLES <= estimate.high() ? 1 : 0;
    }
    // A jackknife is approximate: 95 % +- 2 %, and 4 standard deviations of 1.26 %.
    assertEquals(0.95, (double) held / repetitions, 0.02 + 4 * 0.0126);
  }

  @Test
  void passesThatRepeatEachOtherAreWorthLess() {
    double[][] variances = variances(new Random(2), SAMPLES, 0.5);
    Estimate estimate = EquivalentSamples.estimate(variances[0], variances[1]).orElseThrow();
    // Half of the variance is common to all passes: 1 / (0.5 + 0.5 / 8) = 1.78.
    assertTrue(estimate.low() < 1.78 && 1.78 < estimate.high() && estimate.high() < 3);
  }

  /// Both variances by image, of passes of one logit that share a part of their variance and whose
  /// size differs from image to image.
  private static double[][] variances(Random random, int samples, double shared) {
    double[][] variances = new double[2][IMAGES];
    for (int image = 0; image < IMAGES; image++) {
      double size = 0.5 + random.nextDouble();
      double[][][] passes = new double[SEEDS][samples][1];
      for (double[][] seed : passes) {
        double common = random.nextGaussian() * Math.sqrt(shared);
        for (double[] pass : seed) {
          pass[0] = size * (common + random.nextGaussian() * Math.sqrt(1 - shared));
        }
      }
      variances[0][image] = EquivalentSamples.ofPass(passes, samples);
      variances[1][image] = EquivalentSamples.ofAverage(passes, samples);
    }
    return variances;
  }
}
