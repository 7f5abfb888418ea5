package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.SmallNetworks;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

class ProgressiveTest {
  private static final Network NETWORK =
      SmallNetworks.everyLayer(Neuron.parse("pbit:sigmoid"), Neuron.parse("pbit:tanh"));

  static Stream<Run> anytime() {
    return Arrays.stream(Scheme.values())
        .filter(Scheme::anytime)
        .flatMap(scheme ->
            Arrays.stream(LastHidden.values())
                .map(last -> new Run(75, scheme, Averaging.END, last)));
  }

  private static float[] input() {
    Random random = new Random(4);
    float[] input = new float[70];
    for (int i = 0; i < input.length; i++) {
      input[i] = random.nextFloat();
    }
    return input;
  }

  @ParameterizedTest
  @MethodSource("anytime")
  void everyLookHasTheBitsOfARunWithThatManySamples(Run run) {
    Network plain = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 70, 5, 4, 3);
    List<BiFunction<Network, Run, Sampler>> samplers =
        List.of(ReferenceSampler::new, BlockSampler::new);
    for (Network network : List.of(NETWORK, plain)) {
      for (BiFunction<Network, Run, Sampler> sampler : samplers) {
        Progressive progressive =
            new Progressive(
                sampler.apply(network, run).begin(input(), 3, new Philox(5)), run.samples());
        List<Integer> looks = new ArrayList<>();
        while (progressive.more()) {
          double[][] soFar = progressive.next();
          looks.add(soFar.length);
          assertArrayEquals(
              new ReferenceSampler(network, run.withSamples(soFar.length))
                  .passes(input(), 3, new Philox(5)),
              soFar);
        }
        assertEquals(List.of(1, 2, 4, 8, 16, 32, 64, 75), looks);
      }
    }
  }

  @Test
  void piecesOfAnySizeMakeTheWhole() {
    BlockSampler sampler = new BlockSampler(NETWORK, Run.of(40));
    double[][] whole = sampler.passes(input(), 1, new Philox(2));
    Passes passes = sampler.begin(input(), 1, new Philox(2));
    int[] cuts = {0, 3, 4, 31, 33, 40};
    for (int i = 1; i < cuts.length; i++) {
      assertArrayEquals(
          Arrays.copyOfRange(whole, cuts[i - 1], cuts[i]), passes.range(cuts[i - 1], cuts[i]));
    }
  }

  /// Words are drawn when they are needed: half the passes, half the words.
  @Test
  void whatIsNotAskedForIsNotDrawn() {
    List<Integer> drawn = new ArrayList<>();
    Philox philox = new Philox(2);
    Run run = new Run(8, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:tanh"), 70, 1, 2);
    Passes passes =
        new BlockSampler(network, run)
            .begin(
                input(),
                0,
                (in, layer, unit, sample) -> {
                  drawn.add(sample);
                  return philox.word(in, layer, unit, sample);
                });
    assertEquals(List.of(), drawn);
    passes.range(0, 1);
    passes.range(1, 4);
    assertEquals(List.of(0, 1, 2, 3), drawn);
  }

  @Test
  void passesComeInOrderAndEachOnce() {
    Passes passes = new BlockSampler(NETWORK, Run.of(4)).begin(input(), 0, new Philox(1));
    passes.range(0, 2);
    var again = assertThrows(IllegalArgumentException.class, () -> passes.range(0, 2));
    assertEquals(
        "passes come in order, each once: from must be 2 and to at most 4, got 0 to 2",
        again.getMessage());
    assertThrows(IllegalArgumentException.class, () -> passes.range(2, 5));
    assertEquals(2, passes.range(2, 4).length);
  }

  @Test
  void runsWithoutPrefixesAreRefused() {
    for (Run run :
        List.of(
            new Run(4, Scheme.STRATIFIED, Averaging.END, LastHidden.BITS),
            new Run(4, Scheme.XOR, Averaging.LAYER, LastHidden.BITS))) {
      BlockSampler sampler = new BlockSampler(NETWORK, run);
      assertThrows(IllegalArgumentException.class, () -> sampler.begin(input(), 0, new Philox(1)));
    }
    BlockSampler exact = new BlockSampler(NETWORK.deterministicTwin(), Run.of(4));
    assertThrows(IllegalArgumentException.class, () -> exact.begin(input(), 0, new Philox(1)));
  }

  @Test
  void aClearInputStopsAtTwoAndATieAtTheLongest() {
    SettledTest test = new SettledTest(0.99, VarianceBound.none(3), 16);
    double[][] clear = new double[16][];
    double[][] tied = new double[16][];
    for (int t = 0; t < 16; t++) {
      clear[t] = new double[] {0, 100 + t % 2, 1};
      tied[t] = new double[] {t % 2, 1 - t % 2, -9};
    }
    assertEquals(2, stop(clear, test).length);
    assertEquals(1, Answer.of(stop(clear, test), true).label());
    assertEquals(16, stop(tied, test).length);
    assertEquals(0, Answer.of(tied, true).label());
    assertFalse(test.settled(Arrays.copyOf(clear, 1)));
    assertThrows(IllegalArgumentException.class, () -> test.settled(Arrays.copyOf(clear, 3)));
    Progressive done = new Progressive((from, to) -> new double[to - from][3], 1);
    done.next();
    assertFalse(done.more());
    assertThrows(IllegalStateException.class, done::next);
  }

  /// A block of inputs, each of which drops out at its own T, runs the passes that each input runs
  /// alone, by both rules.
  @Test
  void inputsOfABlockStopAsTheyDoAlone() {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 70, 20, 12, 3);
    Run run = Run.of(128);
    for (StopRule rule :
        List.of(new SettledTest(0.5, network, run), new MarginStop(0.1, 1, run.samples()))) {
      IntegerSampler sampler = (IntegerSampler) Precision.DEFAULT.sampler(network, run);
      float[][] inputs = new float[40][];
      Random random = new Random(1);
      for (int i = 0; i < inputs.length; i++) {
        inputs[i] = new float[70];
        for (int j = 0; j < 70; j++) {
          inputs[i][j] = random.nextInt(256) / 255f;
        }
      }
      long[] addresses = Sampler.following(7, inputs.length);
      double[][][] together =
          new EarlyStopSampler(sampler, rule).passes(inputs, addresses, new Philox(3));
      Set<Integer> lengths = new HashSet<>();
      for (int i = 0; i < inputs.length; i++) {
        Passes alone = sampler.fork().begin(inputs[i], addresses[i], new Philox(3));
        assertArrayEquals(new Progressive(alone, run.samples()).until(rule), together[i]);
        lengths.add(together[i].length);
      }
      assertTrue(lengths.size() > 1, rule + " stopped all inputs after " + lengths);
    }
  }

  private static double[][] stop(double[][] all, SettledTest test) {
    double[][] passes =
        new Progressive((from, to) -> Arrays.copyOfRange(all, from, to), all.length).until(test);
    assertTrue(passes.length <= all.length);
    return passes;
  }
}
