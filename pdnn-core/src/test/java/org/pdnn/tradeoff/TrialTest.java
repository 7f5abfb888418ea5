package org.pdnn.tradeoff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pdnn.data.Digits;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.evaluation.Measured;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Precision;

/// Trials of what was measured on 20 digits.
class TrialTest {
  private static final LabelledInputs DIGITS = LabelledInputs.of(Digits.generate(1, 10, 20).test());

  private static Network network(String first, String second) {
    return InitialWeights.PYTORCH.of(
        new Network(
            Shape.of(1, 28, 28),
            List.of(
                new Flatten(),
                Dense.of(784, 4),
                new Neurons(Neuron.parse(first)),
                Dense.of(4, 4),
                new Neurons(Neuron.parse(second)),
                Dense.of(4, 10),
                new Neurons(Neuron.parse("relu")))),
        1);
  }

  private static List<Trial> trials(Network network, Precision weights) {
    Evaluation evaluation = Evaluation.of(1, 1, 4);
    Measured measured = evaluation.measured(network, weights, DIGITS, Philox::new, 1, _ -> {});
    List<Trial> trials = Trial.of("m", network, weights, evaluation, measured);
    for (int i = 0; i < trials.size(); i++) {
      assertEquals(measured.curve().points().get(i).accuracy(), trials.get(i).accuracy());
      assertEquals(List.of(measured.points().get(i)), trials.get(i).runs());
    }
    return trials;
  }

  @Test
  void aTrialForEachT() {
    List<Trial> trials = trials(network("relu", "pbit:tanh"), Precision.REAL);
    assertEquals(List.of(1, 4), trials.stream().map(one -> one.setting().samples()).toList());
    Setting last = trials.getLast().setting();
    assertEquals(Neuron.parse("pbit:tanh"), last.neuron());
    assertEquals(Optional.of(Scheme.SCRAMBLED), last.scheme());
    assertEquals(Precision.REAL, last.weights());
  }

  /// Rectifiers have no few bits.
  @Test
  void deterministicNetworksAreCalledByTheirFewestBits() {
    List<Trial> trials = trials(network("relu", "tanh:3bit"), Precision.DEFAULT);
    assertEquals(1, trials.size());
    assertEquals(Neuron.parse("tanh:3bit"), trials.getFirst().setting().neuron());
    assertEquals(Optional.empty(), trials.getFirst().setting().scheme());
  }
}
