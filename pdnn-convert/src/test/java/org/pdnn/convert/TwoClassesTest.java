package org.pdnn.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Dense;
import org.pdnn.network.InputForm;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

/// One output for two classes becomes two logits.
class TwoClassesTest {
  private static final Dense LAST =
      new Dense(new Tensor(Shape.of(1, 2), 3, -4), new Tensor(Shape.of(1), 0.5f));

  private static Network network(Layer... end) {
    List<Layer> layers = new ArrayList<>(List.of(new Neurons(Neuron.parse("tanh"))));
    layers.addAll(List.of(end));
    return new Network(Shape.of(2), layers);
  }

  private static double[] outputs(Network network, float... input) {
    return new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
  }

  private static Neurons neurons(String notation) {
    return new Neurons(Neuron.parse(notation));
  }

  @Test
  void theSoftmaxOfBothIsTheSigmoidOfOne() {
    Network one = network(LAST, neurons("sigmoid"));
    Network two = TwoClasses.of(one).orElseThrow();
    for (float x = -1; x <= 1; x += 0.25f) {
      double probability = outputs(one, x, 0.5f)[0];
      double[] logits = outputs(two, x, 0.5f);
      assertEquals(0, logits[0]);
      assertEquals(probability, 1 / (1 + Math.exp(-logits[1])), 1e-6);
    }
  }

  @Test
  void aLogitAloneIsTheSecondOne() {
    assertEquals(TwoClasses.of(network(LAST, neurons("sigmoid"))), TwoClasses.of(network(LAST)));
    Network normed = network(LAST, BatchNorm.of(1));
    assertEquals(outputs(normed, 1, 2)[0], outputs(TwoClasses.of(normed).orElseThrow(), 1, 2)[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tanh", "relu", "sigmoid:3bit"})
  void otherNeuronsAtTheEndAreNoLogit(String neuron) {
    assertEquals(Optional.empty(), TwoClasses.of(network(LAST, neurons(neuron))));
  }

  @Test
  void onlyTwoClassesNeedIt() {
    Source source =
        new Source(network(LAST), List.of(), List.of(), InputForm.PIXELS, Optional.empty());
    assertEquals(source, source.forClasses(List.of("cat")));
    assertEquals(source, source.forClasses(List.of("bird", "cat", "dog")));
    Source two = source.forClasses(List.of("cat", "dog"));
    assertEquals(2, two.network().output().size());
    assertEquals(
        List.of(
            "its one output z became the logits (0, z) of two classes: the sigmoid of z is the"
                + " probability of the second, 'dog'"),
        two.remarks());
  }
}
