package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.InitialWeights;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Preset;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

class QuantiseWeightsTest {
  private static final Network MLP =
      InitialWeights.GLOROT.of(
          Preset.network("mlp:30-20-16-5", Shape.of(30), 5, Neuron.parse("pbit:tanh")), 4);

  @ParameterizedTest
  @ValueSource(strings = {"8", "4", "2", "1"})
  void roundsAsTheEngineDoes(String format) {
    WeightFormat weights = WeightFormat.parse(format);
    LoweringStep engine =
        Lowering.of(MLP, weights, InputGrid.PIXELS).steps().stream()
            .filter(step -> step.name().equals("quantise-weights"))
            .findFirst()
            .orElseThrow();
    assertEquals(engine.network(), QuantiseWeights.apply(MLP, weights));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "4", "2", "1"})
  void roundingTwiceIsRoundingOnce(String format) {
    WeightFormat weights = WeightFormat.parse(format);
    Network once = QuantiseWeights.apply(MLP, weights);
    Network twice = QuantiseWeights.apply(once, weights);
    for (String name : once.tensors().keySet()) {
      Tensor expected = once.tensors().getOrDefault(name, Tensor.filled(Shape.of(1), 0));
      Tensor found = twice.tensors().getOrDefault(name, Tensor.filled(Shape.of(1), 1));
      for (int i = 0; i < expected.size(); i++) {
        assertEquals(expected.get(i), found.get(i), 1e-6 * Math.abs(expected.get(i)), name);
      }
    }
  }

  /// A weight of three values, -s, 0 and s, for each output of a transposed convolution, whose
  /// outputs are the second dimension; the layers at the edges keep 8 bits.
  @Test
  void transposedConvolutionsAreRoundedByOutputToo() {
    Network network =
        InitialWeights.GLOROT.of(
            new Network(
                Shape.of(2, 3, 3),
                List.of(
                    TransposedConvolution.of(2, 3, 3, 1, 1),
                    new Neurons(Neuron.parse("pbit:tanh")),
                    TransposedConvolution.of(3, 4, 3, 1, 1),
                    new Neurons(Neuron.parse("pbit:tanh")),
                    TransposedConvolution.of(4, 1, 3, 1, 1))),
            1);
    Network rounded = QuantiseWeights.apply(network, new WeightFormat(2, false));
    assertNotEquals(network, rounded);
    Tensor weight = rounded.tensors().getOrDefault("2.weight", Tensor.filled(Shape.of(1), 0));
    for (int output = 0; output < 4; output++) {
      Set<Float> sizes = new HashSet<>();
      for (int i = 0; i < weight.size(); i++) {
        if (i / 9 % 4 == output && weight.get(i) != 0) {
          sizes.add(Math.abs(weight.get(i)));
        }
      }
      assertEquals(1, sizes.size(), "output " + output);
    }
    Tensor last = rounded.tensors().getOrDefault("4.weight", weight);
    Set<Float> values = new HashSet<>();
    for (int i = 0; i < last.size(); i++) {
      values.add(last.get(i));
    }
    assertTrue(values.size() > 20, "the last layer keeps 8 bits");
  }
}
