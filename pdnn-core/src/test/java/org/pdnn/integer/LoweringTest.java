package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;

class LoweringTest {
  private static final WeightFormat EIGHT = new WeightFormat(8, false);
  private static final Layer BITS = new Neurons(Neuron.parse("pbit:sigmoid"));

  private static Network network(Shape input, Layer... layers) {
    return new Network(input, List.of(layers));
  }

  static Stream<Arguments> refused() {
    Shape vector = Shape.of(4);
    Shape image = Shape.of(1, 4, 4);
    return Stream.of(
        Arguments.of(
            network(vector, Dense.of(4, 3), neurons("noisy:tanh:0.5"), Dense.of(3, 2)),
            "layer 1 has no integer form: its neurons are not p-bits but noisy:tanh:0.5"),
        Arguments.of(
            network(vector, Dense.of(4, 3), neurons("relu"), Dense.of(3, 2)),
            "layer 1 has no integer form: its neurons are not p-bits but relu"),
        Arguments.of(
            network(image, transposed(), BITS, new Flatten(), Dense.of(25, 2)),
            "layer 0 has no integer form: it is a transposed convolution"),
        Arguments.of(
            network(
                image,
                Convolution.of(1, 2, 3, 1, 1),
                BITS,
                new AveragePool(2),
                new Flatten(),
                Dense.of(8, 2)),
            "layer 2 has no integer form: it is an average pool"),
        Arguments.of(
            network(vector, new Reshape(Shape.of(1, 2, 2)), Convolution.of(1, 1, 2, 1, 0)),
            "layer 0 has no integer form: it is a reshape"),
        Arguments.of(
            network(vector, Dense.of(4, 3), BITS),
            "layer 1 has no integer form: its p-bits are outputs"),
        Arguments.of(
            network(vector, Dense.of(4, 3), Dense.of(3, 2)),
            "layer 0 has no integer form: no p-bits come after its weights"),
        Arguments.of(
            network(vector, BITS, Dense.of(4, 2)),
            "layer 0 has no integer form: no layer of weights comes before its p-bits"),
        Arguments.of(
            network(image, BatchNorm.of(1), Convolution.of(1, 2, 4, 1, 0)),
            "layer 0 has no integer form: it is a batch norm that no layer of weights precedes"),
        Arguments.of(
            network(image, new MaxPool(2), new Flatten(), Dense.of(4, 2)),
            "layer 0 has no integer form: no layer of weights comes before its pool"),
        Arguments.of(
            network(image, Convolution.of(1, 2, Window.of(1, 1).dilation(2, 1), 1)),
            "layer 0 has no integer form: it is dilated, or its strides or paddings differ between"
                + " sides"),
        Arguments.of(
            network(image, Convolution.of(1, 2, Window.of(1, 1).padding(0, 0, 1, 0), 1)),
            "layer 0 has no integer form: it is dilated, or its strides or paddings differ between"
                + " sides"),
        Arguments.of(
            network(
                image,
                Convolution.of(1, 2, 1, 1, 0),
                BITS,
                Convolution.of(2, 2, Window.of(1, 1), 2)),
            "layer 2 has no integer form: it is a convolution in groups"),
        Arguments.of(
            network(image, Convolution.of(1, 2, 1, 1, 0), new MaxPool(Window.square(3, 2, 1))),
            "layer 1 has no integer form: its windows are not squares side by side"),
        Arguments.of(
            network(image, Convolution.of(1, 2, 1, 1, 0), BITS, new GlobalAveragePool()),
            "layer 2 has no integer form: it is an average pool"),
        Arguments.of(
            network(image, Convolution.of(1, 2, 3, 1, 0), BITS, Convolution.of(2, 2, 1, 1, 0)),
            "layer 2 has no integer form: its output is an image"),
        Arguments.of(
            network(Shape.of(65_536), Dense.of(65_536, 1), BITS, Dense.of(1, 1)),
            "layer 0 has no integer form: its fan-in is above 65,535"));
  }

  private static Neurons neurons(String notation) {
    return new Neurons(Neuron.parse(notation));
  }

  private static TransposedConvolution transposed() {
    return new TransposedConvolution(
        Tensor.filled(Shape.of(1, 1, 2, 2), 0), Tensor.filled(Shape.of(1), 0), 1, 0);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatHasNoIntegerFormIsRefusedInOneSentence(Network network, String answer) {
    assertEquals(answer, refusal(network));
  }

  private static String refusal(Network network) {
    return String.valueOf(
        assertThrows(
                IllegalArgumentException.class, () -> Lowering.of(network, EIGHT, InputGrid.PIXELS))
            .getMessage());
  }

  @Test
  void aNetworkNeedsWeightsAndBits() {
    assertEquals("the network has no p-bits", refusal(network(Shape.of(4), Dense.of(4, 2))));
    assertEquals(
        "the network has no layer of weights", refusal(network(Shape.of(1, 2, 2), new Flatten())));
  }

  @Test
  void preActivationsThatFixedPointCannotHoldAreRefused() {
    Dense great = new Dense(Tensor.filled(Shape.of(2, 3), 1e6f), Tensor.filled(Shape.of(2), 1));
    String answer =
        refusal(network(Shape.of(4), Dense.of(4, 3), BITS, great, BITS, Dense.of(2, 2)));
    assertTrue(
        answer.matches("layer 2: pre-activations up to \\d{7} are too large for fixed point"),
        answer);
  }

  @Test
  void stepsSayWhatTheyDid() {
    Network network =
        network(
            Shape.of(1, 4, 4),
            Convolution.of(1, 2, 3, 1, 1),
            BatchNorm.of(2),
            BITS,
            new MaxPool(2),
            new Flatten(),
            Dense.of(8, 3),
            BITS,
            Dense.of(3, 2));
    Lowering lowering =
        Lowering.of(
            SmallNetworks.randomised(network, 3), new WeightFormat(4, true), InputGrid.PIXELS);
    assertEquals(
        List.of(
            "as-trained: 32-bit weights",
            "fold-batch-norm: 1 batch norm folded",
            "quantise-weights: 4g-bit weights in hidden layers, 8-bit in the first and the last",
            "fix-pre-activations: scales are multiples of 2^-F, F at least 18"),
        lowering.steps().stream().map(step -> step.name() + ": " + step.effect()).toList());
    IntegerNetwork result = lowering.result();
    // Words are addressed by the place of the p-bits in the network as it was trained.
    assertEquals(
        List.of(2, 6), result.hidden().stream().map(layer -> layer.firing().layer()).toList());
    assertEquals(2, result.hidden().getFirst().firing().pool());
    assertTrue(result.hidden().getFirst().firing().poolsBits());
  }

  @Test
  void curvesAreThoseOfTheBits() {
    Network network =
        network(
            Shape.of(4),
            Dense.of(4, 3),
            neurons("pbit:clip"),
            Dense.of(3, 3),
            neurons("pbit:tanh"),
            Dense.of(3, 3),
            BITS,
            Dense.of(3, 2));
    assertEquals(
        List.of(ProbabilityCurve.CLIP, ProbabilityCurve.SIGMOID, ProbabilityCurve.SIGMOID),
        Lowering.of(network, EIGHT, InputGrid.PIXELS).result().hidden().stream()
            .map(layer -> layer.firing().curve())
            .toList());
  }

  /// The integers say what the folded network with quantised weights says, up to their grid.
  @ParameterizedTest
  @CsvSource({
    "pbit:sigmoid,pbit:sigmoid",
    "pbit:sigmoid,pbit:tanh",
    "pbit:tanh,pbit:sigmoid",
    "pbit:tanh,pbit:tanh",
    "pbit:clip,pbit:clip",
    "pbit:clip,pbit:tanh",
    "pbit:tanh,pbit:clip"
  })
  void preActivationsAreThoseOfTheQuantisedNetwork(String first, String second) {
    Network network =
        SmallNetworks.randomised(
            network(
                Shape.of(6),
                Dense.of(6, 9),
                BatchNorm.of(9),
                neurons(first),
                Dense.of(9, 7),
                BatchNorm.of(7),
                neurons(second),
                Dense.of(7, 3)),
            5);
    Lowering lowering = Lowering.of(network, EIGHT, InputGrid.PIXELS);
    if (!(lowering.steps().getLast().network().layers().get(2)
        instanceof Dense(Tensor weight, Tensor bias))) {
      throw new AssertionError("the batch norms are not folded");
    }
    IntegerLayer layer = lowering.result().hidden().get(1);
    Random random = new Random(6);
    int factor = second.endsWith("tanh") ? 2 : 1;
    for (int round = 0; round < 50; round++) {
      int bits = random.nextInt(1 << 9);
      for (int o = 0; o < 7; o++) {
        double exact = bias.get(o);
        int sum = 0;
        int span = 0;
        for (int i = 0; i < 9; i++) {
          int up = bits >> i & 1;
          exact += weight.get(o * 9 + i) * (first.endsWith("tanh") ? 2 * up - 1 : up);
          sum += up * layer.code(o, i);
          span += Math.abs(layer.code(o, i));
        }
        double grid = Math.scalb(1.0, -layer.firing().fractionBits());
        assertEquals(factor * exact, layer.preActivation(o, 0, sum), grid * (span + 2));
      }
    }
  }
}
