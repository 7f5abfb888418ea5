package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.LastHidden;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.RandomGraphs;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// Sampling of networks that join and branch.
class GraphSamplerTest {
  private static final List<Scheme> SCHEMES = List.of(Scheme.values());

  private static float[] input(long seed) {
    Random random = new Random(seed);
    float[] input = new float[32];
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextFloat();
    }
    return input;
  }

  /// Every scheme, averaging and last layer; graphs of 5 to 30 layers.
  @ParameterizedTest
  @ValueSource(strings = {"pbit:sigmoid", "pbit:tanh", "sigmoid:3bit", "noisy:sigmoid:0.1"})
  void theFastTwinEqualsTheReferenceBitForBit(String notation) {
    Neuron neuron = Neuron.parse(notation);
    for (long seed = 1; seed <= 40; seed++) {
      Network network = RandomGraphs.of(seed, 5 + (int) (seed * 7 % 26), neuron);
      Scheme scheme = SCHEMES.get((int) (seed % SCHEMES.size()));
      Averaging averaging = seed % 3 == 0 ? Averaging.LAYER : Averaging.END;
      LastHidden last = seed % 4 == 0 ? LastHidden.EXPECTATION : LastHidden.BITS;
      Run run = new Run(5, scheme, averaging, last);
      double[][] expected =
          new ReferenceSampler(network, run).passes(input(seed), seed, new Philox(seed));
      BlockSampler twin = new BlockSampler(network, run);
      twin.passes(input(seed + 1), 0, new Philox(1));
      double[][] found = twin.passes(input(seed), seed, new Philox(seed));
      assertEquals(expected.length, found.length);
      for (int pass = 0; pass < expected.length; pass++) {
        assertArrayEquals(expected[pass], found[pass], "seed %s, pass %s".formatted(seed, pass));
      }
    }
  }

  @Test
  void passesComePieceByPiece() {
    for (long seed = 1; seed <= 20; seed++) {
      Network network = RandomGraphs.of(seed, 12, Neuron.parse("pbit:sigmoid"));
      BlockSampler sampler = new BlockSampler(network, Run.of(8));
      double[][] whole = sampler.passes(input(seed), 3, new Philox(seed));
      Passes pieces = sampler.begin(input(seed), 3, new Philox(seed));
      double[][] first = pieces.range(0, 3);
      double[][] rest = pieces.range(3, 8);
      for (int pass = 0; pass < 8; pass++) {
        assertArrayEquals(whole[pass], pass < 3 ? first[pass] : rest[pass - 3]);
      }
    }
  }

  /// Folding batch norms and moving deterministic neurons change nothing but roundings.
  @Test
  void rewritingKeepsTheFunction() {
    for (long seed = 1; seed <= 40; seed++) {
      Network network = RandomGraphs.of(seed, 20, Neuron.parse("sigmoid"));
      Network rewritten = MoveNeuronsAfterPool.apply(FoldBatchNorm.apply(network));
      double[] expected =
          new ReferenceSampler(network, Run.of(1)).passes(input(seed), 0, new Philox(1))[0];
      double[] found =
          new ReferenceSampler(rewritten, Run.of(1)).passes(input(seed), 0, new Philox(1))[0];
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 1e-4 * Math.max(1, Math.abs(expected[i])));
      }
    }
  }

  @Test
  void theIntegerFormRefusesThem() {
    Network network = RandomGraphs.of(1, 12, Neuron.parse("pbit:sigmoid"));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Lowering.of(network, WeightFormat.parse("8"), InputGrid.PIXELS));
    String message = String.valueOf(e.getMessage());
    assertTrue(
        message.contains("does not read just the layer before it, as the integer form needs"),
        message);
  }
}
