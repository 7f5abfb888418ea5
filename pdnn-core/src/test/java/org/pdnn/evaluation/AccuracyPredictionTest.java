package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;

class AccuracyPredictionTest {
  private static final Network NETWORK = SmallNetworks.mlp(Neuron.parse("pbit:tanh"), 6, 30, 20, 3);
  private static final RandomInputs INPUTS = new RandomInputs(2000, 6, 3);

  private static Run run(int samples) {
    return new Run(samples, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
  }

  /// Each input's label is what the deterministic twin says, so that noise costs accuracy.
  private static final LabelledInputs TAUGHT = taught();

  private static LabelledInputs taught() {
    var twin = new org.pdnn.sampling.BlockSampler(NETWORK.deterministicTwin(), Run.of(1));
    int[] labels = new int[INPUTS.count()];
    float[] input = new float[6];
    for (int i = 0; i < labels.length; i++) {
      INPUTS.read(i, input);
      labels[i] = Outputs.argmax(twin.passes(input, i, new Philox(1))[0]);
    }
    return new LabelledInputs() {
      @Override
      public int count() {
        return labels.length;
      }

      @Override
      public int label(int index) {
        return labels[index];
      }

      @Override
      public void read(int index, float[] target) {
        INPUTS.read(index, target);
      }
    };
  }

  private static AccuracyPrediction prediction(int samples, int threads) {
    return AccuracyPrediction.measure(
        NETWORK, Precision.REAL, TAUGHT, run(samples), samples, 7, threads);
  }

  @Test
  void thirtyTwoPassesTellTheAccuracyOfAnyNumber() {
    Evaluation evaluation =
        new Evaluation(
            List.of(2, 4, 8, 16, 32),
            Scheme.INDEPENDENT,
            Averaging.END,
            LastHidden.BITS,
            Outputs.LOGITS,
            1,
            4);
    Curve curve = evaluation.measure(NETWORK, TAUGHT, Philox::new, 2, done -> {});
    AccuracyPrediction prediction = prediction(32, 2);
    for (CurvePoint point : curve.points()) {
      double predicted = prediction.at(point.samples());
      // The noise of 2,000 inputs' passes is 0.8 % or less: fails for one seed in 15,000 if the
      // logits are normal.
      assertEquals(point.accuracy().value(), predicted, 0.032, "T = " + point.samples());
    }
    // Twice the noise is not the same curve: the check can fail.
    double far = prediction.at(2) - curve.points().get(1).accuracy().value();
    assertTrue(Math.abs(far) > 0.032);
  }

  @Test
  void beyondTheMeasuredPassesTheLineGoesOn() {
    AccuracyPrediction prediction = prediction(16, 2);
    double slope = prediction.at(16) - prediction.at(8);
    assertEquals(prediction.at(16) + slope / 2, prediction.at(32), 1e-12);
    assertEquals(prediction.at(16) + slope, prediction.at(Double.POSITIVE_INFINITY), 1e-12);
  }

  @Test
  void theAnswerIsTheSameForAnyNumberOfThreads() {
    assertEquals(prediction(4, 1).at(3), prediction(4, 3).at(3));
    assertNotEquals(prediction(4, 1).at(1), prediction(4, 1).at(3));
  }

  @Test
  void sharesOfMarginsFall() {
    AccuracyPrediction prediction = prediction(16, 2);
    double last = 1;
    for (double margin : new double[] {-10, 0, 1, 2, 1000}) {
      double share = prediction.shareAbove(margin);
      assertTrue(share <= last);
      last = share;
    }
    assertEquals(0, last);
  }

  @Test
  void nonsenseIsRefused() {
    assertRefused(
        "a prediction needs at least 2 random passes averaged at the end, got 1",
        () -> prediction(1, 1));
    assertRefused(
        "passes must be worth more than 1, got 1.0",
        () -> AccuracyPrediction.measure(NETWORK, Precision.REAL, TAUGHT, run(2), 1, 7, 1));
    assertRefused("equivalent passes must be above 0, got 0.0", () -> prediction(2, 1).at(0));
  }

  private static void assertRefused(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }
}
