package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
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
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;
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
            "layer 1 has no integer form: its neurons, noisy:tanh:0.5, have more than 256 levels"),
        Arguments.of(
            network(vector, Dense.of(4, 3), neurons("relu"), Dense.of(3, 2)),
            "layer 1 has no integer form: its neurons, relu, have more than 256 levels"),
        Arguments.of(
            network(vector, Dense.of(4, 3), neurons("sigmoid:9bit"), Dense.of(3, 2)),
            "layer 1 has no integer form: its neurons, sigmoid:9bit, have more than 256 levels"),
        Arguments.of(
            network(vector, Dense.of(4, 3), BITS),
            "layer 1 has no integer form: its p-bits are outputs"),
        Arguments.of(
            network(vector, Dense.of(4, 3), Dense.of(3, 2)),
            "layer 1 has no integer form: it reads what no neuron made"),
        Arguments.of(
            network(image, Convolution.of(1, 2, 1, 1, 0), new Softmax()),
            "layer 1 has no integer form: it is not a batch norm and computes in floating point"),
        Arguments.of(
            network(image, new AveragePool(Window.square(3, 1, 1), false)),
            "layer 0 has no integer form: its windows reach over the border"),
        Arguments.of(
            network(Shape.of(70_000), filled(70_000, 1)),
            "layer 0 has no integer form: sums up to 2266950000 do not fit 32 bits; run the network"
                + " in floating point"),
        Arguments.of(
            network(vector, filled(4, 1), BITS, filled(1, 1e6f), BITS, Dense.of(1, 2)),
            "layer 2 has no integer form: output 0: a scale of 7874.015625 and a bias of 0.0 do not"
                + " fit the integer form, whose scales are up to 15.9 and whose biases are below"
                + " 1048576"));
  }

  private static Dense filled(int inputs, float weight) {
    return new Dense(Tensor.filled(Shape.of(1, inputs), weight), Tensor.filled(Shape.of(1), 0));
  }

  private static Neurons neurons(String notation) {
    return new Neurons(Neuron.parse(notation));
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
  void aNetworkNeedsWeights() {
    assertEquals(
        "the network has no layer of weights", refusal(network(Shape.of(1, 2, 2), new Flatten())));
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
            "quantise-weights: 4g-bit weights in hidden layers, 8-bit in the first and the last"),
        lowering.steps().stream().map(step -> step.name() + ": " + step.effect()).toList());
    List<IntegerLayer.PBits> bits = bits(lowering);
    // Words are addressed by the place of the p-bits in the network as it was trained.
    assertEquals(List.of(2, 6), bits.stream().map(IntegerLayer.PBits::address).toList());
    assertEquals(
        List.of(Optional.of(Window.of(2, 2)), Optional.empty()),
        bits.stream().map(IntegerLayer.PBits::pool).toList());
  }

  private static List<IntegerLayer.PBits> bits(Lowering lowering) {
    return lowering.result().nodes().stream()
        .flatMap(
            node -> node.layer() instanceof IntegerLayer.PBits bits ? Stream.of(bits) : Stream.of())
        .toList();
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
        List.of(Threshold.CLIP, Threshold.TANH, Threshold.SIGMOID),
        bits(Lowering.of(network, EIGHT, InputGrid.PIXELS)).stream()
            .map(IntegerLayer.PBits::curve)
            .toList());
  }

  /// A mean over an image and weights after it become weights of the image: nothing is rounded.
  @Test
  void aMeanOverAnImageIsPartOfTheWeightsAfterIt() {
    Network network =
        network(
            Shape.of(1, 8, 8),
            Convolution.of(1, 6, 3, 1, 1),
            BITS,
            new GlobalAveragePool(),
            new Flatten(),
            Dense.of(6, 3));
    List<IntegerNetwork.Node> nodes =
        Lowering.of(SmallNetworks.randomised(network, 3), EIGHT, InputGrid.PIXELS).result().nodes();
    assertEquals(3, nodes.size());
    if (!(nodes.getLast().layer() instanceof IntegerLayer.Logits(WeightCodes codes, Readout _))) {
      throw new AssertionError("no logits");
    }
    assertEquals(6 * 64, codes.geometry().fanIn());
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
    if (!(lowering.result().nodes().get(2).layer()
        instanceof IntegerLayer.Linear(WeightCodes codes, Affine affine))) {
      throw new AssertionError("no weights after the first p-bits");
    }
    Random random = new Random(6);
    for (int round = 0; round < 50; round++) {
      int bits = random.nextInt(1 << 9);
      for (int o = 0; o < 7; o++) {
        double exact = bias.get(o);
        int sum = 0;
        for (int i = 0; i < 9; i++) {
          int up = bits >> i & 1;
          exact += weight.get(o * 9 + i) * (first.endsWith("tanh") ? 2 * up - 1 : up);
          sum += up * codes.code(o, 0, 0, i);
        }
        // Half a unit, and the multiplier's 14 bits.
        double error = 0.5 + Math.abs(exact) * 1024 * 0x1p-13;
        assertEquals(exact * 1024, affine.apply(0, o, sum), error);
      }
    }
  }
}
