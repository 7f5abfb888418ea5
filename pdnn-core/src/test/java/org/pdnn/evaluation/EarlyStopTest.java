package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.StopRule;

class EarlyStopTest {
  /// An untrained network: half of its answers are close, so stops are put to the test.
  private static final Network NETWORK =
      SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 8, 12, 24, 5);

  /// Few of these logits are far from each other, so many passes are needed.
  private static final int LONGEST = 128;

  private static final LabelledInputs INPUTS = new RandomInputs(300, 8, 5);

  private static Evaluation evaluation(Scheme scheme, Averaging averaging, Outputs outputs) {
    return new Evaluation(List.of(4, LONGEST), scheme, averaging, LastHidden.BITS, outputs, 1, 2);
  }

  private static EarlyStop measure(Evaluation evaluation, int threads, StopRule... rules) {
    return runs(evaluation, NETWORK, threads).stops(List.of(rules), done -> {});
  }

  private static StopRule rule(Evaluation evaluation, double confidence) {
    return new SettledTest(confidence, NETWORK, evaluation.run(LONGEST));
  }

  private static LongRuns runs(Evaluation evaluation, Network network, int threads) {
    return new LongRuns(evaluation, network, Precision.REAL, INPUTS, Philox::new, threads);
  }

  @ParameterizedTest
  @EnumSource(names = {"INDEPENDENT", "ANTITHETIC", "SCRAMBLED"})
  void fewerSamplesAtTheStatedError(Scheme scheme) {
    Evaluation evaluation = evaluation(scheme, Averaging.END, Outputs.LOGITS);
    StopRule[] rules = {rule(evaluation, 0.99), rule(evaluation, 0.9)};
    EarlyStop stop = measure(evaluation, 2, rules);
    assertEquals(LONGEST, stop.samples());
    StopPoint sure = stop.points().get(0);
    StopPoint likely = stop.points().get(1);
    assertTrue(sure.changed().value() <= 0.01, sure.toString());
    assertTrue(likely.changed().value() <= 0.1, likely.toString());
    assertTrue(likely.meanSamples().value() < sure.meanSamples().value(), stop.toString());
    assertTrue(sure.meanSamples().value() < LONGEST && likely.meanSamples().value() >= 2);
    assertEquals(stop.accuracy().value(), sure.accuracy().value(), sure.changed().value() + 1e-12);
    assertEquals(stop, measure(evaluation, 1, rules));
  }

  /// The accuracy at the longest T is that of a curve with the same seeds.
  @Test
  void theLongestRunIsThatOfTheCurve() {
    Evaluation evaluation = evaluation(Scheme.SCRAMBLED, Averaging.END, Outputs.LOGITS);
    Curve curve = evaluation.measure(NETWORK, INPUTS, Philox::new, 2, done -> {});
    assertEquals(curve.points().getLast().accuracy(), measure(evaluation, 2).accuracy());
  }

  @Test
  void whatCannotBeStoppedIsRefused() {
    for (Evaluation unfit :
        List.of(
            evaluation(Scheme.STRATIFIED, Averaging.END, Outputs.LOGITS),
            evaluation(Scheme.SCRAMBLED, Averaging.LAYER, Outputs.LOGITS),
            evaluation(Scheme.SCRAMBLED, Averaging.END, Outputs.PROBABILITIES))) {
      var e = assertThrows(IllegalArgumentException.class, () -> measure(unfit, 1));
      assertTrue(String.valueOf(e.getMessage()).startsWith("stopping early "), e.getMessage());
    }
    Evaluation fit = evaluation(Scheme.SCRAMBLED, Averaging.END, Outputs.LOGITS);
    assertThrows(IllegalArgumentException.class, () -> runs(fit, NETWORK.deterministicTwin(), 1));
  }
}
