package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;

class AnswerTest {
  @Test
  void theMeanLogitsNameTheClass() {
    Answer answer = Answer.of(new double[][] {{1, 4, 2}, {1, 2, 5}}, true);
    assertEquals(2, answer.samples());
    assertEquals(2, answer.label());
    assertArrayEquals(new double[] {1, 3, 3.5}, answer.logits());
    assertEquals(Math.sqrt(4.5), answer.spread(2));
    double all = Math.exp(1) + Math.exp(3) + Math.exp(3.5);
    assertEquals(Math.exp(3) / all, answer.probabilities()[1], 1e-15);
    assertEquals(3 - Math.log(Math.exp(1) + Math.exp(3.5)), answer.logOdds(1), 1e-15);
  }

  /// The difference of two logits is 1 and 3: mean 2, variance 2. At one degree of freedom t = 2 is
  /// exceeded with the probability 1/2 - atan(2) / pi.
  @Test
  void twoPassesOfTwoClassesAreSettledByStudentsT() {
    assertEquals(
        0.5 + Math.atan(2) / Math.PI,
        Answer.of(new double[][] {{1, 0}, {3, 0}}, true).settled(),
        1e-9);
  }

  @Test
  void onePassSettlesNothingUnlessThereIsNoNoise() {
    double[][] one = {{1, 0}};
    assertEquals(0, Answer.of(one, true).settled());
    assertEquals(0, Answer.of(one, true).logOddsSpread(0));
    assertEquals(1, Answer.of(one, false).settled());
  }

  @Test
  void passesThatShowNoNoiseSettleNothing() {
    assertEquals(0, Answer.of(new double[][] {{2, 1}, {2, 1}}, true).settled());
    assertEquals(0, Answer.of(new double[][] {{2, 1}, {3, 2}}, true).settled());
    assertEquals(0.5, Answer.of(new double[][] {{1, 2}, {2, 1}}, true).settled(), 1e-9);
  }

  /// Normal passes whose two classes differ by as much as the mean of four is uncertain: wherever
  /// at least 90 % are claimed, the class is wrong in at most 10 % of 4,000 trials, four standard
  /// errors more allowed; the seed is fixed. A bare vote of one pass is wrong more often.
  @Test
  void whatIsClaimedSettledIs() {
    Random random = new Random(3);
    int claimed = 0;
    int wrong = 0;
    int wrongOfOne = 0;
    while (claimed < 4000) {
      double[][] passes = new double[4][2];
      boolean first = random.nextBoolean();
      for (double[] pass : passes) {
        pass[first ? 0 : 1] = 0.5;
        pass[0] += random.nextGaussian();
        pass[1] += random.nextGaussian();
      }
      if (Answer.of(passes, true).settled() >= 0.9) {
        claimed++;
        wrong += Answer.of(passes, true).label() == (first ? 0 : 1) ? 0 : 1;
      }
      wrongOfOne += Outputs.argmax(passes[0]) == (first ? 0 : 1) ? 0 : 1;
    }
    double allowed = 0.1 + 4 * Math.sqrt(0.1 * 0.9 / claimed);
    assertTrue((double) wrong / claimed < allowed, wrong + " wrong of " + claimed);
    assertTrue((double) wrongOfOne / claimed > allowed, wrongOfOne + " wrong of one pass");
  }

  @Test
  void aSamplerAnswersWithTheMeanOfItsPasses() {
    Network zero = Preset.network("mlp:6-5-3", Shape.of(6), 3, Neuron.parse("pbit:sigmoid"));
    Network network = InitialWeights.GLOROT.of(zero, 1);
    float[] input = {0, 1, 0.5f, 0.25f, 1, 0};
    Sampler sampler = Precision.REAL.sampler(network, Run.of(3));
    Answer answer = sampler.answer(input, 4, new Philox(2));
    assertEquals(3, answer.samples());
    assertTrue(answer.random());
    assertArrayEquals(Outputs.mean(sampler.passes(input, 4, new Philox(2)), 3), answer.logits());
    assertEquals(
        1,
        new BlockSampler(network.deterministicTwin(), Run.of(3))
            .answer(input, 4, new Philox(2))
            .settled());
  }

  @Test
  void noPassIsNoAnswer() {
    assertThrows(IllegalArgumentException.class, () -> Answer.of(new double[0][], true));
  }
}
