package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Dense;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.LastHidden;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

class SamplerTest {
  /// Every implementation; a new one is a new line.
  static Stream<BiFunction<Network, Run, Sampler>> all() {
    return Stream.of(ReferenceSampler::new, BlockSampler::new);
  }

  static Stream<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Scheme scheme : Scheme.values()) {
      for (Averaging averaging : Averaging.values()) {
        for (LastHidden last : LastHidden.values()) {
          for (int samples : new int[] {1, 3, 35}) {
            runs.add(new Run(samples, scheme, averaging, last));
          }
        }
      }
    }
    return runs.stream();
  }

  private static float[] input(int size, long seed) {
    Random random = new Random(seed);
    float[] input = new float[size];
    for (int i = 0; i < size; i++) {
      input[i] = random.nextInt(3) == 0 ? 0 : random.nextFloat();
    }
    return input;
  }

  @ParameterizedTest
  @MethodSource("runs")
  void theFastTwinEqualsTheReferenceBitForBit(Run run) {
    for (String first : new String[] {"pbit:sigmoid", "pbit:tanh", "pbit:clip", "relu"}) {
      for (String second :
          new String[] {"pbit:tanh", "pbit:clip", "noisy:tanh:0.5", "sigmoid:3bit"}) {
        Network network = SmallNetworks.everyLayer(Neuron.parse(first), Neuron.parse(second));
        Sampler reference = new ReferenceSampler(network, run);
        Sampler twin = new BlockSampler(network, run);
        for (int index = 0; index < 3; index++) {
          float[] input = input(70, index);
          assertArrayEquals(
              reference.passes(input, index, new Philox(5)),
              twin.passes(input, index, new Philox(5)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 63, 64, 65, 130})
  void theTwinsAgreeAtAwkwardWidths(int width) {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), width, width, 2);
    Run run = Run.of(4);
    float[] input = input(width, width);
    assertArrayEquals(
        new ReferenceSampler(network, run).passes(input, 9, new Philox(1)),
        new BlockSampler(network, run).passes(input, 9, new Philox(1)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theMeanOfManyPassesIsTheEnumeratedExpectation(BiFunction<Network, Run, Sampler> sampler) {
    // Fails for one seed in 15,000 (|z| < 4); the seed is fixed.
    assertTrue(Math.abs(deviation(sampler, new Philox(3), 1)) < 4);
  }

  /// The hidden p-bits are 1 with probability 0.65 and 0.35. What they hand on makes the last one 1
  /// with probability 0.4 (00), 1 (10, from 1.15), 0 (01, from -0.1) or 0.65 (11); so its mean is
  /// 0.35 * 0.65 * 0.4 + 0.65 * 0.65 + 0.65 * 0.35 * 0.65 = 0.661375, and that of the output 2 *
  /// 0.661375 - 0.3. Fails for one seed in 15,000 (|z| < 4); the seed is fixed.
  @ParameterizedTest
  @MethodSource("all")
  void aTinyNetworkOfClippedBitsHasTheMeanThatIsAddedUpByHand(
      BiFunction<Network, Run, Sampler> sampler) {
    Neurons clipped = new Neurons(Neuron.parse("pbit:clip"));
    Network network =
        new Network(
            Shape.of(2),
            List.of(
                new Dense(
                    new Tensor(Shape.of(2, 2), 0.5f, -0.25f, -0.5f, 0.5f),
                    new Tensor(Shape.of(2), 0.2f, 0.9f)),
                clipped,
                new Dense(
                    new Tensor(Shape.of(1, 2), 0.75f, -0.5f), Tensor.filled(Shape.of(1), 0.4f)),
                clipped,
                new Dense(Tensor.filled(Shape.of(1, 1), 2), Tensor.filled(Shape.of(1), -0.3f))));
    double mean = 0.661375;
    int passes = 1 << 16;
    Run run = new Run(passes, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
    double sum = 0;
    for (double[] output :
        sampler.apply(network, run).passes(new float[] {0.7f, -0.4f}, 0, new Philox(3))) {
      sum += output[0];
    }
    double error = 2 * Math.sqrt(mean * (1 - mean) / passes);
    assertEquals(2 * mean - 0.3, sum / passes, 4 * error);
  }

  @Test
  void aCoinBiasedToFiftyOnePercentIsRejected() {
    Philox philox = new Philox(3);
    // Every fiftieth word loses its highest bit: P(u < 1/2) = 0.51.
    RandomWords biased =
        (in, layer, unit, sample) ->
            philox.word(in, layer, unit, sample) & (sample % 50 == 0 ? Integer.MAX_VALUE : -1);
    assertTrue(Math.abs(deviation(BlockSampler::new, biased, 8)) > 4);
  }

  @Test
  void wordsThatNeuronsShareAreRejected() {
    Philox philox = new Philox(3);
    RandomWords repeated = (in, layer, unit, sample) -> philox.word(in, 0, 0, sample);
    assertTrue(Math.abs(deviation(BlockSampler::new, repeated, 1)) > 4);
  }

  /// By how many standard errors the mean of inputs x 65,536 passes misses the exact mean.
  private static double deviation(
      BiFunction<Network, Run, Sampler> sampler, RandomWords words, int inputs) {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:tanh"), 2, 2, 1, 1);
    float[] input = {0.7f, -0.4f};
    Run run = new Run(1 << 16, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
    DoubleSummaryStatistics outputs = new DoubleSummaryStatistics();
    double squares = 0;
    for (int index = 0; index < inputs; index++) {
      for (double[] output : sampler.apply(network, run).passes(input, index, words)) {
        outputs.accept(output[0]);
        squares += output[0] * output[0];
      }
    }
    double mean = outputs.getAverage();
    double variance = squares / outputs.getCount() - mean * mean;
    return (mean - enumerate(network, input)) / Math.sqrt(variance / outputs.getCount());
  }

  /// The exact mean of a 2-2-1-1 tanh p-bit network's output: a sum over its first layer's four
  /// configurations; the last p-bit's mean is its tanh, and the output is linear in it.
  private static double enumerate(Network network, float[] x) {
    if (!(network.layers().get(0) instanceof Dense(var firstWeight, var firstBias))
        || !(network.layers().get(2) instanceof Dense(var secondWeight, var secondBias))
        || !(network.layers().get(4) instanceof Dense(var outWeight, var outBias))) {
      throw new AssertionError("not a 2-2-1-1 network");
    }
    double mean = 0;
    for (int bits = 0; bits < 4; bits++) {
      double probability = 1;
      double second = secondBias.get(0);
      for (int unit = 0; unit < 2; unit++) {
        double first =
            firstBias.get(unit)
                + firstWeight.get(2 * unit) * x[0]
                + firstWeight.get(2 * unit + 1) * x[1];
        int b = ((bits >> unit) & 1) * 2 - 1;
        probability *= (1 + b * Math.tanh(first)) / 2;
        second += secondWeight.get(unit) * b;
      }
      mean += probability * (outBias.get(0) + outWeight.get(0) * Math.tanh(second));
    }
    return mean;
  }

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void everyPrefixOfAnAnytimeRunIsTheShorterRun(Scheme scheme) {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 6, 5, 3);
    float[] input = input(6, 1);
    Run whole = new Run(40, scheme, Averaging.END, LastHidden.BITS);
    double[][] all = new BlockSampler(network, whole).passes(input, 2, new Philox(7));
    int different = 0;
    for (int samples = 1; samples < 40; samples++) {
      double[][] some =
          new BlockSampler(network, whole.withSamples(samples)).passes(input, 2, new Philox(7));
      for (int t = 0; t < samples; t++) {
        different += java.util.Arrays.equals(all[t], some[t]) ? 0 : 1;
      }
    }
    if (whole.anytime()) {
      assertEquals(0, different);
    } else {
      assertTrue(different > 0);
    }
  }

  /// A sampler with memory for one pass, for three and for all.
  @ParameterizedTest
  @EnumSource
  void whatGoesTogetherChangesNothing(Scheme scheme) {
    Network network =
        SmallNetworks.everyLayer(Neuron.parse("pbit:sigmoid"), Neuron.parse("noisy:tanh:0.5"));
    long pass = network.shapes().stream().mapToLong(Shape::size).sum();
    for (Averaging averaging : Averaging.values()) {
      Run run = new Run(70, scheme, averaging, LastHidden.BITS);
      float[] input = input(70, 4);
      double[][] all = new BlockSampler(network, run).passes(input, 1, new Philox(1));
      for (long passes : new long[] {0, 4}) {
        BlockSampler sampler = new BlockSampler(network, run, passes * pass);
        assertArrayEquals(all, sampler.passes(input, 1, new Philox(1)));
        assertArrayEquals(all, sampler.fork().passes(input, 1, new Philox(1)));
      }
    }
  }

  @Test
  void wordsThatDoNotFitAreRefused() {
    Network network =
        new Network(Shape.of(10_000), List.of(new Neurons(Neuron.parse("pbit:clip"))));
    Run run = new Run(60_000, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
    var e = assertThrows(IllegalArgumentException.class, () -> new BlockSampler(network, run));
    assertTrue(String.valueOf(e.getMessage()).endsWith("; use at most 53687 samples"));
  }

  @Test
  void forksShareWeightsAndAnswers() {
    Network network =
        SmallNetworks.everyLayer(Neuron.parse("pbit:sigmoid"), Neuron.parse("pbit:tanh"));
    BlockSampler sampler = new BlockSampler(network, Run.of(8));
    float[] input = input(70, 4);
    assertArrayEquals(
        sampler.passes(input, 1, new Philox(1)), sampler.fork().passes(input, 1, new Philox(1)));
  }

  @Test
  void foldingBatchNormChangesNothingButRounding() {
    Network network = SmallNetworks.everyLayer(Neuron.parse("sigmoid"), Neuron.parse("tanh"));
    Network folded = FoldBatchNorm.apply(network);
    assertEquals(network.layers().size() - 1, folded.layers().size());
    for (int index = 0; index < 20; index++) {
      float[] input = input(70, index);
      assertArrayEquals(
          new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0],
          new ReferenceSampler(folded, Run.of(1)).passes(input, 0, new Philox(1))[0],
          2e-6);
    }
  }

  @Test
  void neuronsBehindThePoolAreTheSameFunction() {
    Network network = SmallNetworks.everyLayer(Neuron.parse("sigmoid:3bit"), Neuron.parse("tanh"));
    Network moved = MoveNeuronsAfterPool.apply(network);
    assertEquals(network.layers().get(2), moved.layers().get(3));
    assertEquals(network.layers().get(3), moved.layers().get(2));
    assertEquals(network.layers().subList(4, 12), moved.layers().subList(4, 12));
    for (int index = 0; index < 20; index++) {
      float[] input = input(70, index);
      assertArrayEquals(
          new ReferenceSampler(network, Run.of(1)).passes(input, 0, new Philox(1))[0],
          new ReferenceSampler(moved, Run.of(1)).passes(input, 0, new Philox(1))[0]);
    }
  }

  @Test
  void randomNeuronsStayBeforeThePool() {
    Network network = SmallNetworks.everyLayer(Neuron.parse("pbit:tanh"), Neuron.parse("tanh"));
    assertEquals(network, MoveNeuronsAfterPool.apply(network));
  }

  /// Rows 1 2 3 4 9, 5 6 7 8 9 and 9 9 9 9 9: the last row and the last column are dropped.
  @ParameterizedTest
  @MethodSource("all")
  void anAveragePoolHasTheMeansOfItsSquares(BiFunction<Network, Run, Sampler> sampler) {
    Network network = new Network(Shape.of(1, 3, 5), List.of(new AveragePool(2)));
    float[] image = {1, 2, 3, 4, 9, 5, 6, 7, 8, 9, 9, 9, 9, 9, 9};
    assertArrayEquals(
        new double[] {3.5, 5.5},
        sampler.apply(network, Run.of(1)).passes(image, 0, new Philox(1))[0]);
  }

  @Test
  void aDeterministicNetworkHasOnePass() {
    Network network = SmallNetworks.mlp(Neuron.parse("tanh"), 4, 3, 2);
    assertEquals(
        1, new BlockSampler(network, Run.of(16)).passes(new float[4], 0, new Philox(1)).length);
    assertEquals(
        1, new ReferenceSampler(network, Run.of(16)).passes(new float[4], 0, new Philox(1)).length);
  }

  @Test
  void expectationInTheOnlyHiddenLayerLeavesNoNoise() {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:tanh"), 4, 3, 2);
    Network twin = network.deterministicTwin();
    assertTrue(twin.layers().stream().noneMatch(l -> l instanceof Neurons(var n) && n.random()));
    float[] input = input(4, 2);
    Run run = new Run(3, Scheme.INDEPENDENT, Averaging.END, LastHidden.EXPECTATION);
    double[][] passes = new ReferenceSampler(network, run).passes(input, 0, new Philox(1));
    double[] exact = new ReferenceSampler(twin, run).passes(input, 0, new Philox(1))[0];
    for (double[] pass : passes) {
      assertArrayEquals(exact, pass, 1e-12);
    }
  }

  @Test
  void samplesMustBeAtLeastOne() {
    var e = assertThrows(IllegalArgumentException.class, () -> Run.of(0));
    assertEquals("samples must be 1 to 65536, got 0", e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void theAnswerIsTheSameForAnyNumberOfThreads(int threads) {
    Network network = SmallNetworks.mlp(Neuron.parse("pbit:sigmoid"), 6, 5, 3);
    BlockSampler prototype = new BlockSampler(network, Run.of(4));
    double[][][] answers = new double[33][][];
    Workers.forEach(
        33,
        threads,
        () -> {
          BlockSampler sampler = prototype.fork();
          return index -> answers[index] = sampler.passes(input(6, index), index, new Philox(1));
        });
    for (int index = 0; index < 33; index++) {
      assertArrayEquals(prototype.passes(input(6, index), index, new Philox(1)), answers[index]);
    }
  }

  @Test
  void aFailingWorkerFailsTheWhole() {
    var e =
        assertThrows(
            IllegalStateException.class,
            () ->
                Workers.forEach(
                    10,
                    2,
                    () ->
                        index -> {
                          if (index == 3) {
                            throw new IllegalStateException("three");
                          }
                        }));
    assertEquals("three", e.getMessage());
  }
}
