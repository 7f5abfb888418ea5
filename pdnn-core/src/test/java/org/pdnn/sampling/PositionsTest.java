package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Attention;
import org.pdnn.network.Convolution;
import org.pdnn.network.Embedding;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Softmax;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// What the layers of transformers compute, worked out by hand.
class PositionsTest {
  private static double[] output(Network network, float... input) {
    double[] expected = new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0];
    assertArrayEquals(
        expected, new BlockSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0]);
    return expected;
  }

  private static double[] output(Layer layer, Shape shape, float... input) {
    return output(new Network(shape, List.of(layer)), input);
  }

  private static Tensor tensor(Shape shape, float... values) {
    return new Tensor(shape, values);
  }

  /// Channels (1, 5) and (7, 5) at two positions: means 4 and 5, deviations 3 and 0.
  @Test
  void layerNormStandardisesTheChannelsOfEachPosition() {
    Shape two = Shape.of(2);
    LayerNorm norm = new LayerNorm(tensor(two, 2, 1), tensor(two, 10, 20), 1e-12);
    assertArrayEquals(
        new double[] {10 - 2, 10, 21, 20}, output(norm, Shape.of(2, 2, 1), 1, 5, 7, 5), 1e-9);
    assertArrayEquals(new double[] {8, 21}, output(norm, two, 1, 7), 1e-9);
  }

  /// The root mean square of 1 and 7 is 5.
  @Test
  void rmsNormDividesByTheRootMeanSquare() {
    RmsNorm norm = new RmsNorm(tensor(Shape.of(2), 1, 10), 1e-12);
    assertArrayEquals(new double[] {0.2, 14}, output(norm, Shape.of(2), 1, 7), 1e-9);
  }

  @Test
  void softmaxIsOverTheChannelsOfEachPosition() {
    float three = (float) Math.log(3);
    assertArrayEquals(
        new double[] {0.25, 0.5, 0.75, 0.5},
        output(new Softmax(), Shape.of(2, 1, 2), 0, 80, three, 80),
        1e-7);
  }

  @Test
  void positionsAndTokensAreRows() {
    PositionalEmbedding positions =
        new PositionalEmbedding(tensor(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
    assertArrayEquals(
        new double[] {1, 3, 5, 2, 4, 6}, output(positions, Shape.of(2, 3, 1), 0, 0, 0, 0, 0, 0));
    Embedding embedding = new Embedding(tensor(Shape.of(3, 2), 1, 2, 3, 4, 5, 6));
    assertArrayEquals(
        new double[] {5, 1, 5, 3, 6, 2, 6, 4}, output(embedding, Shape.of(1, 4, 1), 2, 0, 2, 1));
    for (float token : new float[] {-1, 3, 0.5f, Float.NaN}) {
      String fault = "tokens must be whole numbers from 0 to 2, got " + (double) token;
      for (Sampler sampler : samplers(new Network(Shape.of(1, 1, 1), List.of(embedding)))) {
        IllegalArgumentException e =
            assertThrows(
                IllegalArgumentException.class,
                () -> sampler.passes(new float[] {token}, 0, new Philox(1)));
        assertEquals(fault, e.getMessage());
      }
    }
  }

  private static List<Sampler> samplers(Network network) {
    return List.of(new ReferenceSampler(network, Run.of(1)), new BlockSampler(network, Run.of(1)));
  }

  /// One channel, a query of ln 3 at the second position; keys 0 and 1 have shares 1/4 and 3/4
  /// there and are alike for a query of 0.
  @Test
  void attentionMixesValuesByTheSoftmaxOfProducts() {
    float three = (float) Math.log(3);
    assertArrayEquals(
        new double[] {(8 + 16) / 2.0, 8 / 4.0 + 16 * 0.75},
        attention(false, 0, three, 0, 1, 8, 16),
        1e-5);
    assertArrayEquals(
        new double[] {8, 8 / 4.0 + 16 * 0.75}, attention(true, 0, three, 0, 1, 8, 16), 1e-5);
  }

  /// @param input queries, keys and values of two positions
  private static double[] attention(boolean causal, float... input) {
    Network network =
        Network.of(Shape.of(3, 2, 1))
            .add("q", picked(0), "input")
            .add("k", picked(1), "input")
            .add("v", picked(2), "input")
            .add("attention", new Attention(1, causal), "q", "k", "v")
            .network();
    return output(network, input);
  }

  private static Convolution picked(int channel) {
    float[] weight = new float[3];
    weight[channel] = 1;
    return new Convolution(tensor(Shape.of(1, 3, 1, 1), weight), tensor(Shape.of(1), 0), 1, 0);
  }

  /// What later tokens are does not reach earlier positions.
  @Test
  void causalNetworksDoNotLookAhead() {
    Network network = SmallNetworks.language(Neuron.parse("gelu"));
    double[] first = output(network, 1, 2, 3, 4, 5, 6);
    double[] other = output(network, 1, 2, 3, 8, 0, 7);
    for (int i = 0; i < first.length; i++) {
      assertEquals(i % 6 < 3, first[i] == other[i], "value " + i);
    }
  }

  @Test
  void aSequenceOfPBitsIsBitEqualInAllWays() {
    Network network = SmallNetworks.language(Neuron.parse("pbit:sigmoid"));
    float[] tokens = {3, 1, 4, 1, 5, 8};
    for (Averaging averaging : Averaging.values()) {
      Run run = new Run(5, Scheme.INDEPENDENT, averaging, Run.of(1).last());
      assertArrayEquals(
          new ReferenceSampler(network, run).passes(tokens, 3, new Philox(2)),
          new BlockSampler(network, run).passes(tokens, 3, new Philox(2)));
    }
  }
}
