package org.pdnn.benchmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.BlockSampler;
import org.pdnn.sampling.ReferenceSampler;
import org.pdnn.sampling.Run;

/// One contract for all engines: they compute what our reference sampler says.
class EngineTest {
  private static Task task(Network network, int batch) {
    return new Task(network, BenchNetworks.inputs(network.input(), batch), 1, 1);
  }

  static Stream<Network> networks() {
    return Stream.of(
        BenchNetworks.convolutional("pbit:sigmoid"),
        BenchNetworks.convolutional("pbit:tanh"),
        BenchNetworks.perceptron("pbit:sigmoid"),
        BenchNetworks.perceptron("pbit:tanh"),
        BenchNetworks.convolutional("pbit:clip"),
        BenchNetworks.perceptron("clip"),
        BenchNetworks.averaging("sigmoid"),
        BenchNetworks.averaging("clip"),
        BenchNetworks.averaging("relu"),
        BenchNetworks.convolutional("relu"),
        BenchNetworks.perceptron("identity"));
  }

  /// The deterministic twin's logits, by the slow truth.
  private static float[][] truth(Task task) {
    ReferenceSampler sampler = new ReferenceSampler(task.network().deterministicTwin(), Run.of(1));
    float[][] logits = new float[task.batch()][];
    for (int input = 0; input < logits.length; input++) {
      double[] pass = sampler.passes(task.inputs()[input], input, new Philox(1))[0];
      logits[input] = new float[pass.length];
      for (int i = 0; i < pass.length; i++) {
        logits[input][i] = (float) pass[i];
      }
    }
    return logits;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void peersInFp32ComputeTheTwin(Network network) {
    for (int batch : new int[] {1, 5}) {
      Task task = task(network, batch);
      float[][] truth = truth(task);
      for (Engine peer :
          EngineKind.named(List.of("onnxruntime-fp32", "libtorch-fp32"), task, List.of(1))) {
        try (peer) {
          peer.run();
          for (int input = 0; input < batch; input++) {
            assertArrayEquals(truth[input], peer.logits()[input], 1e-4f, peer.profile().name());
          }
        }
      }
    }
  }

  /// 200 inputs; the classes of random networks are close, so some change by rounding to 8 bits.
  @ParameterizedTest
  @MethodSource("networks")
  void fewBitsMostlyGiveTheSameClass(Network network) {
    Task task = task(network, 200);
    float[][] truth = truth(task);
    for (Engine peer : EngineKind.all(task, List.of())) {
      try (peer) {
        peer.run();
        float[][] logits = peer.logits();
        int same = 0;
        for (int input = 0; input < truth.length; input++) {
          same += BenchNetworks.most(truth[input]) == BenchNetworks.most(logits[input]) ? 1 : 0;
        }
        assertTrue(same >= 180, "%s: only %s of 200".formatted(peer.profile().name(), same));
      }
    }
  }

  /// Products of bfloat16 err by 2^-8 each; logits, sums of many, by less than three of a hundred
  /// of the largest.
  @ParameterizedTest
  @MethodSource("networks")
  void bfloat16IsNearTheTwin(Network network) {
    Task task = task(network, 5);
    float[][] truth = truth(task);
    try (Engine peer = EngineKind.LIBTORCH_BF16.make(task, 1)) {
      peer.run();
      for (int input = 0; input < truth.length; input++) {
        float most = 0;
        for (float logit : truth[input]) {
          most = Math.max(most, Math.abs(logit));
        }
        assertArrayEquals(truth[input], peer.logits()[input], 0.03f * most);
      }
    }
  }

  @Test
  void theTwinOfEightBitsTakesABoundedRange() {
    Task task = task(BenchNetworks.convolutional("relu"), 1);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> EngineKind.INTEGER_8_TWIN.make(task, 1));
    assertTrue(refused.toString().contains("bounded range"), refused.toString());
  }

  /// Every engine that samples has the mean that [ReferenceSampler] has: 1,000 passes each, a
  /// logit's standard error is their spread / sqrt(1000). Fails for one seed in 20,000 (|z| < 4.8
  /// in 30 means of two samples); seeds are fixed. Weights of 8 bits move a mean by their rounding.
  @ParameterizedTest
  @CsvSource({"libtorch-pbit, 0", "block-sampler, 0", "integer-8, 0.03"})
  void thoseThatSampleHaveTheMeanOfTheReference(String name, double rounding) {
    assertMean(name, BenchNetworks.convolutional("pbit:sigmoid"), rounding);
    assertMean(name, BenchNetworks.convolutional("pbit:tanh"), rounding);
    assertMean(name, BenchNetworks.convolutional("pbit:clip"), rounding);
  }

  /// As above, with 20 means: fails for one seed in 30,000.
  @ParameterizedTest
  @ValueSource(strings = {"pbit:clip", "pbit:tanh"})
  void averagePoolsOfBitsHaveTheMeanOfTheReference(String neuron) {
    assertMean("libtorch-pbit", BenchNetworks.averaging(neuron), 0);
    assertMean("block-sampler", BenchNetworks.averaging(neuron), 0);
  }

  private static void assertMean(String name, Network network, double rounding) {
    int passes = 1000;
    Task task = task(network, 1);
    double[][] reference =
        new BlockSampler(
                network, new Run(passes, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS))
            .passes(task.inputs()[0], 0, new Philox(9));
    try (Engine engine = EngineKind.named(List.of(name), task, List.of(passes)).getFirst()) {
      engine.run();
      for (int output = 0; output < 10; output++) {
        double sum = 0;
        double squares = 0;
        for (double[] pass : reference) {
          sum += pass[output];
          squares += pass[output] * pass[output];
        }
        double mean = sum / passes;
        double error = Math.sqrt(2 * (squares / passes - mean * mean) / passes);
        assertEquals(mean, engine.logits()[0][output], 4.8 * error + rounding, name);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void aRunIsRepeatedBitForBit(Network network) {
    Task task = task(network, 3);
    for (Engine engine : EngineKind.all(task, List.of(4))) {
      try (engine) {
        engine.run();
        float[][] first = engine.logits();
        engine.run();
        assertArrayEquals(first, engine.logits(), engine.profile().name());
      }
    }
  }

  @Test
  void closedTwiceIsHarmlessAndUsedAfterwardsRefused() {
    Task task = task(BenchNetworks.perceptron("sigmoid"), 1);
    for (Engine engine : EngineKind.all(task, List.of(1))) {
      engine.close();
      engine.close();
      assertThrows(IllegalStateException.class, engine::run, engine.profile().name());
    }
  }

  @Test
  void onlyRandomNetworksAreSampled() {
    assertEquals(5, kinds(BenchNetworks.perceptron("sigmoid"), 1));
    assertEquals(5 + 4 * 2, kinds(BenchNetworks.perceptron("pbit:sigmoid"), 2, 4));
  }

  private static int kinds(Network network, Integer... samples) {
    List<Engine> engines = EngineKind.all(task(network, 1), List.of(samples));
    engines.forEach(Engine::close);
    return engines.size();
  }

  /// With T = 32 at most, the early stop answers as 32 passes do or better than the stated error:
  /// on these inputs, always.
  @Test
  void theEarlyStopAnswersAsAllPassesDo() {
    Task task =
        new Task(
            BenchNetworks.convolutional("pbit:sigmoid"),
            BenchNetworks.inputs(BenchNetworks.convolutional("pbit:sigmoid").input(), 70),
            2,
            1);
    try (Engine all = EngineKind.named(List.of("integer-8"), task, List.of(32)).getFirst();
        Engine early =
            EngineKind.named(List.of("integer-early-stop"), task, List.of(32)).getFirst()) {
      all.run();
      early.run();
      int changed = 0;
      for (int input = 0; input < task.batch(); input++) {
        int expected = BenchNetworks.most(all.logits()[input]);
        changed += BenchNetworks.most(early.logits()[input]) == expected ? 0 : 1;
      }
      assertTrue(changed <= 7, changed + " of 70 changed, at confidence 0.9");
    }
  }

  @Test
  void aNameThatDoesNotExistIsToldTheNearest() {
    Task task = task(BenchNetworks.perceptron("sigmoid"), 1);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> EngineKind.named(List.of("onnxruntime-fp23"), task, List.of(1)));
    assertTrue(refused.toString().contains("onnxruntime-fp32"), refused.toString());
  }
}
