package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Convolution;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.RandomWindows;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.network.Window;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// Sampling of convolutions and pools by windows of any form.
class WindowSamplerTest {
  private static float[] input(int size, long seed) {
    Random random = new Random(seed);
    float[] input = new float[size];
    for (int i = 0; i < size; i++) {
      input[i] = random.nextInt(4) == 0 ? 0 : random.nextFloat() - 0.5f;
    }
    return input;
  }

  private static double[] only(Shape input, Layer layer, float... values) {
    return new ReferenceSampler(new Network(input, List.of(layer)), Run.of(1))
        .passes(values, 0, new Philox(1))[0];
  }

  /// One row of 1 to 6, by hand.
  @Test
  void theReferenceDoesWhatWindowsSay() {
    Shape row = Shape.of(1, 1, 6);
    float[] values = {1, 2, 3, 4, 5, 6};
    Window three = Window.of(1, 3).stride(1, 2);
    assertArrayEquals(new double[] {3, 5}, only(row, new MaxPool(three), values));
    assertArrayEquals(new double[] {3, 5, 6}, only(row, new MaxPool(three.ceil(true)), values));
    Window padded = three.padding(0, 1, 0, 0);
    assertArrayEquals(new double[] {1.5, 3, 5}, only(row, new AveragePool(padded, false), values));
    assertArrayEquals(new double[] {1, 3, 5}, only(row, new AveragePool(padded, true), values));
    // (4 + 5 + 6) / 3, (6 + 0) / 2: the last place hangs over by one more, which no mean counts.
    Window over = Window.of(1, 3).stride(1, 2).padding(0, 1, 0, 1).ceil(true);
    assertArrayEquals(
        new double[] {1, 3, 5, 3}, only(row, new AveragePool(over, true), values), 1e-15);
    assertArrayEquals(
        new double[] {1.5, 3, 5, 6}, only(row, new AveragePool(over, false), values), 1e-15);
    float[] negative = {-1, -2, -3, -4, -5, -6};
    assertArrayEquals(
        new double[] {-1, -2, -4, -6}, only(row, new MaxPool(over), negative), "not 0");
    Convolution dilated =
        Convolution.of(1, 1, Window.of(1, 2).stride(1, 1).dilation(1, 3).padding(0, 2, 0, 0), 1)
            .by(new Tensor(Shape.of(1, 1, 1, 2), 10, 1), new Tensor(Shape.of(1), 100));
    assertArrayEquals(new double[] {102, 103, 114, 125, 136}, only(row, dilated, values));
  }

  /// Channel c of a depthwise layer reads channel c alone; of two groups, each its half.
  @Test
  void groupsReadTheirOwnChannels() {
    Shape pixels = Shape.of(4, 1, 1);
    Convolution depthwise =
        Convolution.of(4, 4, Window.of(1, 1), 4)
            .by(
                new Tensor(Shape.of(4, 1, 1, 1), 1, 10, 100, 1000),
                new Tensor(Shape.of(4), new float[4]));
    assertArrayEquals(new double[] {1, 20, 300, 4000}, only(pixels, depthwise, 1, 2, 3, 4));
    Convolution halves =
        Convolution.of(4, 2, Window.of(1, 1), 2)
            .by(
                new Tensor(Shape.of(2, 2, 1, 1), 1, 10, 100, 1000),
                new Tensor(Shape.of(2), new float[2]));
    assertArrayEquals(new double[] {21, 4300}, only(pixels, halves, 1, 2, 3, 4));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pbit:sigmoid", "pbit:tanh", "sigmoid:3bit", "relu"})
  void theFastTwinEqualsTheReferenceBitForBit(String notation) {
    Neuron neuron = Neuron.parse(notation);
    for (long seed = 1; seed <= 100; seed++) {
      assertTwin(RandomWindows.of(seed, neuron), seed);
    }
    for (Network network : SmallNetworks.every(neuron, Neuron.parse("pbit:tanh"))) {
      assertTwin(network, 1);
    }
  }

  private static void assertTwin(Network network, long seed) {
    Scheme scheme = List.of(Scheme.values()).get((int) (seed % Scheme.values().length));
    Averaging averaging = seed % 3 == 0 ? Averaging.LAYER : Averaging.END;
    Run run = new Run(3, scheme, averaging, LastHidden.BITS);
    float[] input = input(network.input().size(), seed);
    double[][] expected = new ReferenceSampler(network, run).passes(input, seed, new Philox(seed));
    double[][] found = new BlockSampler(network, run).passes(input, seed, new Philox(seed));
    assertEquals(expected.length, found.length);
    for (int pass = 0; pass < expected.length; pass++) {
      assertArrayEquals(expected[pass], found[pass], "seed %s, pass %s".formatted(seed, pass));
    }
  }

  /// Padding is minus infinity, below what any activation gives.
  @Test
  void neuronsMoveAfterPaddedPools() {
    Window window = Window.square(3, 2, 1).ceil(true);
    for (String neuron : List.of("tanh", "relu", "sigmoid:3bit")) {
      List<Layer> layers = List.of(new Neurons(Neuron.parse(neuron)), new MaxPool(window));
      Network network = new Network(Shape.of(1, 6, 6), layers);
      Network moved = MoveNeuronsAfterPool.apply(network);
      assertEquals(layers.reversed(), moved.layers());
      float[] input = input(36, 5);
      assertArrayEquals(
          new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0],
          new ReferenceSampler(moved, Run.of(1)).passes(input, 0, new Philox(1))[0]);
    }
  }
}
