package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.sampling.Answer;

class CandidateTest {
  private static final double[][] TWO = {{1, 0}, {3, 0}};

  private static List<Candidate> likeliest(double[][] passes, boolean random, int most) {
    return Candidate.likeliest(Answer.of(passes, random), most);
  }

  @Test
  void theLikeliestComeFirst() {
    List<Candidate> classes = likeliest(new double[][] {{1, 4, 2}, {1, 2, 5}}, true, 2);
    assertEquals(List.of(2, 1), classes.stream().map(Candidate::label).toList());
    assertEquals(3.5, classes.getFirst().logit());
    assertEquals(Math.sqrt(4.5), classes.getFirst().spread());
  }

  /// Log-odds 1 and 3: mean 2, standard error 1, Student's t at one degree of freedom 12.706.
  @Test
  void theIntervalIsStudentsOnTheLogOdds() {
    Estimate probability = likeliest(TWO, true, 1).getFirst().probability();
    assertEquals(1 / (1 + Math.exp(-2)), probability.value(), 1e-12);
    assertEquals(1 / (1 + Math.exp(-2 + 12.706)), probability.low(), 1e-12);
    assertEquals(1 / (1 + Math.exp(-2 - 12.706)), probability.high(), 1e-12);
  }

  @Test
  void onePassLeavesEverythingOpenUnlessThereIsNoNoise() {
    double[][] one = {{1, 0}};
    Estimate open = likeliest(one, true, 1).getFirst().probability();
    assertEquals(0, open.low());
    assertEquals(1, open.high());
    Estimate exact = likeliest(one, false, 1).getFirst().probability();
    assertEquals(Estimate.exact(1 / (1 + Math.exp(-1))), exact);
  }

  /// Normal independent passes about known means. The share of intervals that hold the true
  /// probability is 95 % to within four standard errors; the seed is fixed.
  @ParameterizedTest
  @ValueSource(ints = {4, 16, 64})
  void theIntervalHoldsTheProbabilityOfInfinitelyManyPasses(int samples) {
    double[] means = {1.5, 1, -2, 0};
    double truth = Math.exp(1.5) / (Math.exp(1.5) + Math.E + Math.exp(-2) + 1);
    Random random = new Random(5);
    int trials = 4000;
    int held = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[][] passes = new double[samples][means.length];
      for (double[] pass : passes) {
        double shared = random.nextGaussian();
        for (int c = 0; c < pass.length; c++) {
          pass[c] = means[c] + 0.5 * shared + 0.4 * random.nextGaussian();
        }
      }
      for (Candidate candidate : likeliest(passes, true, means.length)) {
        if (candidate.label() == 0) {
          held +=
              candidate.probability().low() <= truth && truth <= candidate.probability().high()
                  ? 1
                  : 0;
        }
      }
    }
    double error = Math.sqrt(0.95 * 0.05 / trials);
    assertTrue(Math.abs((double) held / trials - 0.95) < 4 * error, held + " of " + trials);
  }
}
