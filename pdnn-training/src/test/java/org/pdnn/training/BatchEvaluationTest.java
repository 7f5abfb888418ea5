package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.data.Images;
import org.pdnn.evaluation.Averages;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;

class BatchEvaluationTest {
  private static final Images DIGITS = QuickTraining.digits(700);

  private static Evaluation evaluation(Scheme scheme) {
    return new Evaluation(
        List.of(1, 4, 16), scheme, Averaging.END, LastHidden.BITS, Outputs.LOGITS, 1, 5);
  }

  private static Curve curve(Network network, Evaluation evaluation, int threads) {
    return new BatchEvaluation(evaluation, threads, count -> {}).curve(network, DIGITS);
  }

  @Test
  void deterministicNetworksGiveTheCurveOfTheReference() {
    Network network = QuickTraining.mlp("sigmoid", 1);
    Evaluation evaluation = evaluation(Scheme.SCRAMBLED);
    Curve expected =
        evaluation.measure(network, LabelledInputs.of(DIGITS), Philox::new, 1, count -> {});
    Curve found = curve(network, evaluation, 1);
    assertEquals(1, found.points().size());
    CurvePoint point = found.points().getFirst();
    assertEquals(expected.points().getFirst().accuracy(), point.accuracy());
    assertEquals(
        expected.points().getFirst().negativeLogLikelihood().value(),
        point.negativeLogLikelihood().value(),
        1e-5);
    assertEquals(1, point.agreement().value());
  }

  /// N_eq of independent passes is T; its interval over images is narrow enough that four of its
  /// half-widths tell it from that of scrambled passes.
  @Test
  void worthOfPassesIsThatOfTheirScheme() {
    Network network = QuickTraining.mlp("pbit:sigmoid", 1);
    Curve independent = curve(network, evaluation(Scheme.INDEPENDENT), 1);
    Curve scrambled = curve(network, evaluation(Scheme.SCRAMBLED), 1);
    assertEquals(3, independent.points().size());
    assertEquals(16, independent.points().get(2).equivalentSamples().orElseThrow().value(), 2);
    assertTrue(scrambled.points().get(2).equivalentSamples().orElseThrow().value() > 24);
    assertEquals(1, independent.points().get(0).equivalentSamples().orElseThrow().value(), 1e-9);
  }

  @Test
  void threadsChangeNothing() {
    Network network = QuickTraining.mlp("pbit:sigmoid", 1);
    Evaluation evaluation = evaluation(Scheme.INDEPENDENT);
    assertEquals(curve(network, evaluation, 1), curve(network, evaluation, 2));
  }

  @Test
  void answersAreFoundBySamples() {
    Network network = QuickTraining.mlp("pbit:sigmoid", 1);
    Averages averages =
        new BatchEvaluation(evaluation(Scheme.INDEPENDENT), 1, count -> {})
            .averages(network, DIGITS);
    assertEquals(averages.correctness(1).accuracy(), averages.at(4).accuracy());
    assertEquals(5, averages.at(4).seeds());
    var e = assertThrows(IllegalArgumentException.class, () -> averages.at(5));
    assertEquals("5 samples were not measured, only [1, 4, 16]", e.getMessage());
  }

  @Test
  void noImagesAreRefused() {
    BatchEvaluation none = new BatchEvaluation(evaluation(Scheme.INDEPENDENT), 1, count -> {});
    assertThrows(
        IllegalArgumentException.class,
        () -> none.averages(QuickTraining.mlp("sigmoid", 1), DIGITS.first(0)));
  }
}
