package org.pdnn.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/// The built-in set must be hard enough that a network's hidden layers have something to do.
class DigitsDifficultyTest {
  private static final int PIXELS = 784;
  private static final int CLASSES = 10;

  /// Nearly converged: three times as many passes add half a point. All is a function of fixed
  /// seeds: the test passes always or never.
  @Test
  void aLinearClassifierStaysBetween85And93PerCent() {
    DataSet digits = Digits.generate(1, 10_000, 5_000);
    double accuracy = 100 * softmaxRegression(digits, 8, 0.03f);
    assertTrue(accuracy > 85 && accuracy < 93, "linear accuracy is " + accuracy + " %");
  }

  /// Test accuracy of softmax regression after stochastic gradient descent, one image a step.
  private static double softmaxRegression(DataSet set, int passes, float firstRate) {
    float[][] weights = new float[PIXELS + 1][CLASSES];
    float[] x = new float[PIXELS + 1];
    x[PIXELS] = 1;
    for (int pass = 0; pass < passes; pass++) {
      float rate = firstRate / (1 + pass);
      for (int i = 0; i < set.training().count(); i++) {
        set.training().read(i, x, 0);
        float[] errors = probabilities(weights, x);
        errors[set.training().label(i)] -= 1;
        for (int p = 0; p <= PIXELS; p++) {
          for (int c = 0; c < CLASSES && x[p] != 0; c++) {
            weights[p][c] -= rate * errors[c] * x[p];
          }
        }
      }
    }
    int right = 0;
    for (int i = 0; i < set.test().count(); i++) {
      set.test().read(i, x, 0);
      float[] probabilities = probabilities(weights, x);
      int best = 0;
      for (int c = 1; c < CLASSES; c++) {
        best = probabilities[c] > probabilities[best] ? c : best;
      }
      right += best == set.test().label(i) ? 1 : 0;
    }
    return (double) right / set.test().count();
  }

  private static float[] probabilities(float[][] weights, float[] x) {
    float[] scores = new float[CLASSES];
    for (int p = 0; p <= PIXELS; p++) {
      for (int c = 0; c < CLASSES && x[p] != 0; c++) {
        scores[c] += weights[p][c] * x[p];
      }
    }
    double sum = 0;
    for (int c = 0; c < CLASSES; c++) {
      scores[c] = (float) StrictMath.exp(scores[c]);
      sum += scores[c];
    }
    for (int c = 0; c < CLASSES; c++) {
      scores[c] /= (float) sum;
    }
    return scores;
  }
}
