package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.LastHidden;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
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
      Session session = sampler.session(new Philox(seed), 1);
      int ticket = session.begin(new float[][] {input(seed)}, new long[] {3})[0];
      session.advance(3);
      session.advance(5);
      assertArrayEquals(whole, session.passes(ticket));
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

  /// Every scheme, last layer and number of bits; graphs of 3 to 28 layers.
  @ParameterizedTest
  @ValueSource(strings = {"pbit:sigmoid", "pbit:tanh", "pbit:clip", "sigmoid:3bit", "tanh:8bit"})
  void inIntegersTheEngineEqualsTheReferenceBitForBit(String notation) {
    int joined = 0;
    for (long seed = 1; seed <= 60; seed++) {
      Network network = IntegerGraphs.of(seed, (int) (seed * 7 % 26), Neuron.parse(notation));
      WeightFormat format = WeightFormat.parse(List.of("8", "4", "2g").get((int) (seed % 3)));
      IntegerNetwork integers = Lowering.of(network, format, InputGrid.PIXELS).result();
      LastHidden last =
          seed % 2 == 0 && integers.expects() ? LastHidden.EXPECTATION : LastHidden.BITS;
      joined += last == LastHidden.EXPECTATION && joins(integers) ? 1 : 0;
      Run run = new Run(5, SCHEMES.get((int) (seed % SCHEMES.size())), Averaging.END, last);
      IntegerReference reference = new IntegerReference(integers, run);
      float[][] inputs = {input(seed), input(seed + 1), input(seed + 2)};
      double[][][] found = new IntegerSampler(integers, run).passes(inputs, seed, new Philox(seed));
      for (int i = 0; i < inputs.length; i++) {
        assertArrayEquals(
            reference.passes(inputs[i], seed + i, new Philox(seed)), found[i], "seed " + seed);
      }
    }
    assertTrue(
        joined >= (Neuron.parse(notation).random() ? 5 : 0),
        joined + " expectations were added to others or averaged");
  }

  /// Whether something stands between the last p-bits and the last weights.
  private static boolean joins(IntegerNetwork network) {
    return !network.nodes().getLast().reads().contains(network.lastPBits());
  }

  /// Networks whose last neurons alone are p-bits have no noise where those hand on expectations.
  /// Those of p-bits under a max pool differ: in integers they are the OR's.
  @Test
  void expectationsInIntegersSayWhatRealNumbersSay() {
    WeightFormat format = WeightFormat.parse("8");
    int joined = 0;
    for (long seed = 1; seed <= 100; seed++) {
      Network levels = IntegerGraphs.of(seed, (int) (seed * 7 % 26), Neuron.parse("sigmoid:8bit"));
      Network network =
          levels.with(levels.hiddenNeurons().getLast(), new Neurons(Neuron.parse("pbit:sigmoid")));
      IntegerNetwork integers = Lowering.of(network, format, InputGrid.PIXELS).result();
      if (!integers.expects()
          || (integers.nodes().get(integers.lastPBits()).layer() instanceof IntegerLayer.PBits bits
              && bits.pool().isPresent())) {
        continue;
      }
      joined += joins(integers) ? 1 : 0;
      Run run = new Run(1, Scheme.INDEPENDENT, Averaging.END, LastHidden.EXPECTATION);
      Network rounded = QuantiseWeights.apply(FoldBatchNorm.apply(network), format);
      double[] expected =
          new ReferenceSampler(rounded, run).passes(onGrid(seed), 0, new Philox(1))[0];
      double[] found =
          new IntegerReference(integers, run).passes(onGrid(seed), 0, new Philox(1))[0];
      for (int i = 0; i < expected.length; i++) {
        assertEquals(
            expected[i], found[i], 0.03 * Math.max(1, Math.abs(expected[i])), "seed " + seed);
      }
    }
    assertTrue(joined >= 20, joined + " expectations were added to others or averaged");
  }

  /// Deterministic networks of levels have no noise to hide behind.
  @Test
  void integersSayWhatRealNumbersSay() {
    for (long seed = 1; seed <= 60; seed++) {
      Network network = IntegerGraphs.of(seed, (int) (seed * 7 % 26), Neuron.parse("sigmoid:8bit"));
      IntegerNetwork integers =
          Lowering.of(network, WeightFormat.parse("8"), InputGrid.PIXELS).result();
      Network rounded =
          QuantiseWeights.apply(FoldBatchNorm.apply(network), WeightFormat.parse("8"));
      double[] expected =
          new ReferenceSampler(rounded, Run.of(1)).passes(onGrid(seed), 0, new Philox(1))[0];
      double[] found =
          new IntegerReference(integers, Run.of(1)).passes(onGrid(seed), 0, new Philox(1))[0];
      for (int i = 0; i < expected.length; i++) {
        assertEquals(
            expected[i], found[i], 0.03 * Math.max(1, Math.abs(expected[i])), "seed " + seed);
      }
    }
  }

  private static float[] onGrid(long seed) {
    float[] input = input(seed);
    for (int i = 0; i < input.length; i++) {
      input[i] = InputGrid.PIXELS.quantise(input[i]) * InputGrid.PIXELS.step();
    }
    return input;
  }
}
