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

class SessionTest {
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

  private static Sampler integers(Network network, Run run) {
    return Precision.DEFAULT.sampler(network, run);
  }

  private static int begun(Session session, float[] input, long address) {
    return session.begin(new float[][] {input}, new long[] {address})[0];
  }

  @ParameterizedTest
  @MethodSource("anytime")
  void everyLookHasTheBitsOfARunWithThatManySamples(Run run) {
    Network plain = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 70, 5, 4, 3);
    List<BiFunction<Network, Run, Sampler>> samplers =
        List.of(ReferenceSampler::new, BlockSampler::new);
    for (Network network : List.of(NETWORK, plain)) {
      for (BiFunction<Network, Run, Sampler> sampler : samplers) {
        Session session = sampler.apply(network, run).session(new Philox(5), 1);
        int ticket = begun(session, input(), 3);
        int done = 0;
        for (int look : new int[] {1, 2, 4, 8, 16, 32, 64, 75}) {
          session.advance(look - done);
          done = look;
          assertArrayEquals(
              new ReferenceSampler(network, run.withSamples(look))
                  .passes(input(), 3, new Philox(5)),
              session.passes(ticket));
        }
      }
    }
  }

  static Stream<BiFunction<Network, Run, Sampler>> samplers() {
    return Stream.of(BlockSampler::new, SessionTest::integers);
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void piecesOfAnySizeMakeTheWhole(BiFunction<Network, Run, Sampler> made) {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 70, 20, 12, 3);
    Sampler sampler = made.apply(network, Run.of(40));
    double[][] whole = sampler.passes(input(), 1, new Philox(2));
    Session session = sampler.session(new Philox(2), 1);
    int ticket = begun(session, input(), 1);
    for (int piece : new int[] {3, 1, 27, 2, 7}) {
      session.advance(piece);
    }
    assertArrayEquals(whole, session.passes(ticket));
  }

  /// An input that comes late, and one that takes the place of another, are sampled as if alone.
  @ParameterizedTest
  @MethodSource("samplers")
  void inputsComeAndGo(BiFunction<Network, Run, Sampler> made) {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 70, 20, 12, 3);
    Sampler sampler = made.apply(network, Run.of(40));
    float[][] inputs = new float[4][];
    double[][][] alone = new double[4][][];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = input();
      inputs[i][i] = 0.5f;
      alone[i] = sampler.fork().passes(inputs[i], i, new Philox(2));
    }
    Session session = sampler.session(new Philox(2), 3);
    int first = begun(session, inputs[0], 0);
    int cancelled = begun(session, inputs[1], 1);
    session.advance(5);
    int late = begun(session, inputs[2], 2);
    session.advance(6);
    assertArrayEquals(Arrays.copyOf(alone[1], 11), session.passes(cancelled));
    assertArrayEquals(
        Answer.of(Arrays.copyOf(alone[2], 6), true).logits(), session.answer(late).logits());
    session.end(cancelled);
    int follower = begun(session, inputs[3], 3);
    session.advance(33);
    assertArrayEquals(alone[0], session.passes(first));
    assertArrayEquals(Arrays.copyOf(alone[2], 39), session.passes(late));
    assertArrayEquals(Arrays.copyOf(alone[3], 33), session.passes(follower));
    session.advance(100);
    assertArrayEquals(alone[2], session.passes(late));
    assertArrayEquals(alone[3], session.passes(follower));
  }

  @ParameterizedTest
  @MethodSource("samplers")
  void aSessionHasRoomForSoManyInputs(BiFunction<Network, Run, Sampler> made) {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 70, 5, 3);
    Session session = made.apply(network, Run.of(4)).session(new Philox(2), 1);
    int ticket = begun(session, input(), 0);
    var full = assertThrows(IllegalStateException.class, () -> begun(session, input(), 1));
    assertEquals(
        "the session has room for 1 inputs; end some before more begin", full.getMessage());
    session.end(ticket);
    var ended = assertThrows(IllegalArgumentException.class, () -> session.passes(ticket));
    assertEquals("no input is open under ticket " + ticket, ended.getMessage());
  }

  /// Words are drawn when they are needed: half the passes, half the words.
  @Test
  void whatIsNotAskedForIsNotDrawn() {
    List<Integer> drawn = new ArrayList<>();
    Philox philox = new Philox(2);
    Run run = new Run(8, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:tanh"), 70, 1, 2);
    Session session =
        new BlockSampler(network, run)
            .session(
                (in, layer, unit, sample) -> {
                  drawn.add(sample);
                  return philox.word(in, layer, unit, sample);
                },
                1);
    begun(session, input(), 0);
    assertEquals(List.of(), drawn);
    session.advance(1);
    session.advance(3);
    assertEquals(List.of(0, 1, 2, 3), drawn);
  }

  @Test
  void runsWithoutPrefixesAreRefused() {
    for (Run run :
        List.of(
            new Run(4, Scheme.STRATIFIED, Averaging.END, LastHidden.BITS),
            new Run(4, Scheme.XOR, Averaging.LAYER, LastHidden.BITS))) {
      BlockSampler sampler = new BlockSampler(NETWORK, run);
      assertThrows(IllegalArgumentException.class, () -> sampler.session(new Philox(1), 1));
    }
    BlockSampler exact = new BlockSampler(NETWORK.deterministicTwin(), Run.of(4));
    assertThrows(IllegalArgumentException.class, () -> exact.session(new Philox(1), 1));
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
  }

  /// A block of inputs, each of which drops out at its own T, runs the passes that each input runs
  /// alone, by both rules.
  @Test
  void inputsOfABlockStopAsTheyDoAlone() {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 70, 20, 12, 3);
    Run run = Run.of(128);
    for (StopRule rule :
        List.of(new SettledTest(0.5, network, run), new MarginStop(0.1, 1, run.samples()))) {
      Sampler sampler = integers(network, run);
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
        double[][] alone = sampler.fork().passes(inputs[i], addresses[i], new Philox(3));
        assertArrayEquals(rule.until(alone), together[i]);
        lengths.add(together[i].length);
      }
      assertTrue(lengths.size() > 1, rule + " stopped all inputs after " + lengths);
    }
  }

  private static double[][] stop(double[][] all, SettledTest test) {
    double[][] passes = test.until(all);
    assertTrue(passes.length <= all.length);
    return passes;
  }
}
