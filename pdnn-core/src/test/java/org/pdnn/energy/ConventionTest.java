package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.pdnn.network.Add;
import org.pdnn.network.Attention;
import org.pdnn.network.AveragePool;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.LastHidden;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Pool;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;

/// Equation 4 under both conventions on 4 inputs - dense - 3 p-bits - dense - 2 p-bits - dense - 2
/// outputs: weights 15 + 8 + 6 = 29, MACs 12, 6, 4, neurons 7.
class ConventionTest {
  private static final Convention EXPECTATION = Convention.STRICT.withLast(LastHidden.EXPECTATION);

  private static final Network NETWORK =
      new Network(
          Shape.of(4),
          List.of(
              Dense.of(4, 3),
              new Neurons(Examples.PBIT),
              Dense.of(3, 2),
              new Neurons(Examples.PBIT),
              Dense.of(2, 2)));

  /// Once 29 x 32 weight bits. Per pass 22 MACs and 7 neurons as p-bits: 22 / 2 adds, 22 + 7
  /// activation bits, 7 functions, words and comparisons.
  @Test
  void paper() {
    List<LayerWork> work = Workload.of(NETWORK).work(Convention.PAPER);
    assertWork(sum(work, LayerWork::once), 928, 0, 0, 0, 0, 0, 0);
    assertWork(sum(work, LayerWork::perSample), 0, 29, 0, 11, 7, 7, 7);
  }

  /// In joules at T = 2: weights 928 x 1; activations 2 x 29 x 2 = 116; synapses 2 x 11 x 5 = 110;
  /// neurons 2 x 7 x (7 + 11 + 13) = 434.
  @Test
  void paperInJoules() {
    EnergyTerms energy = EnergyModel.paper(Examples.primes()).energy(NETWORK, 2);
    assertEquals(
        new EnergyTerms(
            Joules.ofPicojoules(928),
            Joules.ofPicojoules(116),
            Joules.ZERO,
            Joules.ofPicojoules(110),
            Joules.ofPicojoules(434),
            Joules.ZERO),
        energy);
  }

  /// 22 MACs and 7 neurons of 32 bits, in one pass: 22 x 32 + 7 x 32 = 928 activation bits.
  @Test
  void bothAgreeOnADeterministicNetwork() {
    Network twin = NETWORK.deterministicTwin();
    for (Convention convention : List.of(Convention.PAPER, Convention.STRICT)) {
      List<LayerWork> work = Workload.of(twin).work(convention);
      assertWork(sum(work, LayerWork::once), 928, 928, 22, 22, 7, 0, 0);
      assertWork(sum(work, LayerWork::perSample), 0, 0, 0, 0, 0, 0, 0);
    }
  }

  /// Once: the first layer's 12 MACs read 12 x 32 bits; 3 means are looked up and written, 3 x 32
  /// bits.
  ///
  /// Per pass: 3 x 32 bits of means read, 3 words and comparisons, 3 bits written; 6 / 2 adds that
  /// read 6 bits; 2 p-bits (function, word, comparison, bit); 4 / 2 adds that read 4 bits; 2
  /// outputs (function, 32 bits written). Bits 96 + 3 + 6 + 2 + 4 + 64 = 175.
  @Test
  void strict() {
    List<LayerWork> work = Workload.of(NETWORK).work(Convention.STRICT);
    assertWork(sum(work, LayerWork::once), 928, 384 + 96, 12, 12, 3, 0, 0);
    assertWork(sum(work, LayerWork::perSample), 0, 175, 0, 5, 4, 5, 5);
  }

  /// As above, but the 2 last p-bits write 2 x 32 bits without a word, and 4 MACs read 4 x 32. Bits
  /// per pass 96 + 3 + 6 + 64 + 128 + 64 = 361; adds 3 + 4.
  @Test
  void strictWithExpectation() {
    List<LayerWork> work = Workload.of(NETWORK).work(EXPECTATION);
    assertWork(sum(work, LayerWork::once), 928, 384 + 96, 12, 12, 3, 0, 0);
    assertWork(sum(work, LayerWork::perSample), 0, 361, 4, 7, 4, 3, 3);
  }

  /// With one layer of p-bits, their expectation makes the network deterministic: nothing is left
  /// to repeat.
  @Test
  void expectationOfTheOnlyRandomLayer() {
    Network network =
        new Network(
            Shape.of(4), List.of(Dense.of(4, 3), new Neurons(Examples.PBIT), Dense.of(3, 2)));
    List<LayerWork> work = Workload.of(network).work(EXPECTATION);
    assertEquals(Workload.of(network.deterministicTwin()).work(EXPECTATION), work);
    assertWork(sum(work, LayerWork::perSample), 0, 0, 0, 0, 0, 0, 0);
  }

  /// Two tokens of two channels and one head. Attention: 2 x 2 pairs x 2 channels of products, for
  /// scores and for values, each reading 32 bits, 4 outputs; a softmax of 4 scores takes for each a
  /// look-up, a product, 2 sums, a comparison and 2 x 32 bits. A norm takes for each of 4 values 3
  /// products, 4 sums and 2 x 32 bits.
  @Test
  void attentionIsChargedItsProductsAndItsSoftmax() {
    Network network =
        Network.of(Shape.of(2, 2, 1))
            .add("norm", LayerNorm.of(2))
            .add("attention", new Attention(1, false), "norm", "norm", "norm")
            .network();
    List<LayerWork> work = Workload.of(network).work(Convention.STRICT);
    assertWork(work.getFirst().once(), 4 * 32, 4 * 2 * 32, 4 * 3, 4 * 4, 0, 0, 0);
    assertWork(work.getLast().once(), 0, 16 * 32 + 4 * 32 + 4 * 64, 16 + 4, 16 + 8, 4, 0, 4);
    assertEquals(1, Workload.of(network).assumptions().size());
  }

  /// The second dense layer adds half of 16 bits and writes 4 real numbers, which are no neurons;
  /// the sum reads them and 4 bits, and goes straight into p-bits.
  @Test
  void whatASumReadsIsWrittenAndNoNeuron() {
    Network network =
        Network.of(Shape.of(4))
            .add("fc1", Dense.of(4, 4))
            .add("bits", new Neurons(Examples.PBIT))
            .add("fc2", Dense.of(4, 4))
            .add("sum", new Add(), "fc2", "bits")
            .add("act", new Neurons(Examples.PBIT))
            .add("fc3", Dense.of(4, 2))
            .network();
    List<LayerWork> work = Workload.of(network).work(Convention.STRICT);
    assertWork(work.get(2).perSample(), 0, 16 + 4 * 32, 0, 8, 0, 0, 0);
    assertWork(work.get(3).perSample(), 0, 4 * 32 + 4, 0, 4, 0, 0, 0);
    assertWork(work.get(4).perSample(), 0, 4, 0, 0, 4, 4, 4);
    assertEquals(
        List.of(0.0, 4.0, 0.0, 0.0, 4.0, 2.0),
        work.stream().map(layer -> layer.size().neurons()).toList());
    assertEquals(1, Workload.of(network).assumptions().size());
    assertEquals("fc2: dense 4", work.get(2).name());
    assertEquals(
        4 * 32,
        ActivationStorage.of(network, 1, BitWidths.FULL).layers().stream()
            .filter(layer -> layer.index() == 2)
            .mapToDouble(layer -> layer.written().count())
            .sum());
  }

  /// Products of two bits have 2 bits; what is concatenated is read and written as it is.
  @Test
  void productsAndConcatenationsAreReadAndWritten() {
    Network network =
        Network.of(Shape.of(4, 1, 1))
            .add("bits", new Neurons(Examples.PBIT))
            .add("more", new Neurons(Examples.PBIT), "bits")
            .add("product", new Multiply(), "bits", "more")
            .add("all", new Concatenate(), "product", "more")
            .add("flatten", new Flatten())
            .add("fc", Dense.of(8, 2))
            .network();
    List<LayerWork> work = Workload.of(network).work(Convention.STRICT);
    assertWork(work.get(2).perSample(), 0, 4 + 4 + 4 * 2, 4 / 1024.0, 0, 0, 0, 0);
    assertWork(work.get(3).perSample(), 0, 4 * 2 + 4 + 8 * 2, 0, 0, 0, 0, 0);
  }

  /// The pool passes bits on: the second convolution adds.
  @Test
  void bitsPassThroughAPool() {
    Network network =
        new Network(
            Shape.of(1, 4, 4),
            List.of(
                Convolution.of(1, 2, 1, 1, 0),
                new Neurons(Examples.PBIT),
                new MaxPool(2),
                Convolution.of(2, 1, 1, 1, 0)));
    LayerWork last = Workload.of(network).work(Convention.STRICT).getLast();
    assertEquals(0, last.perSample().count(Operation.MULTIPLY));
    // 4 pixels x 2 channels, half of them 1.
    assertEquals(4, last.perSample().count(Operation.ADD));
  }

  /// The mean of four bits has five levels, so 3 bits: 8 MACs read 3 bits each, multiply by 3 x 32
  /// of 32 x 32 bits, and add 32. Each of the 4 outputs writes 32 bits.
  @Test
  void theMeanOfBitsHasTheBitsOfTheirSum() {
    Network network =
        new Network(
            Shape.of(1, 4, 4),
            List.of(
                Convolution.of(1, 2, 1, 1, 0),
                new Neurons(Examples.PBIT),
                new AveragePool(2),
                Convolution.of(2, 1, 1, 1, 0)));
    List<LayerWork> work = Workload.of(network).work(Convention.STRICT);
    assertEquals(Work.NONE, work.get(2).perSample());
    assertEquals("average pool 2x2x2", work.get(2).name());
    assertWork(work.get(3).perSample(), 0, 8 * 3 + 4 * 32, 8 * 3 / 32.0, 8, 4, 0, 0);
  }

  /// Sums of pixels of 8 bits have 10, of sixteen numbers of 3 bits 7; real numbers stay real.
  @Test
  void meansOfWiderNumbersAreWider() {
    assertEquals(10, bitsBehindAPool(Convention.STRICT.withWidths(BitWidths.FULL.withInput(8)), 2));
    assertEquals(7, bitsBehindAPool(Convention.STRICT.withWidths(BitWidths.FULL.withInput(3)), 4));
    assertEquals(8, bitsBehindAPool(Convention.STRICT.withWidths(BitWidths.FULL.withInput(8)), 1));
    assertEquals(
        32, bitsBehindAPool(Convention.STRICT.withWidths(BitWidths.FULL.withInput(31)), 2));
    assertEquals(32, bitsBehindAPool(Convention.STRICT, 2));
    // 255 times 3, and times 15: what lies outside the image adds nothing.
    Convention bytes = Convention.STRICT.withWidths(BitWidths.FULL.withInput(8));
    Window row = Window.of(2, 3).stride(1, 1).padding(1, 0, 0, 0);
    assertEquals(10, bitsBehindAPool(bytes, Shape.of(1, 1, 3), new AveragePool(row, true)));
    assertEquals(12, bitsBehindAPool(bytes, Shape.of(1, 3, 5), new GlobalAveragePool()));
  }

  /// What one multiply-accumulate reads after an average pool over the input.
  private static double bitsBehindAPool(Convention convention, int size) {
    return bitsBehindAPool(convention, Shape.of(1, size, size), new AveragePool(size));
  }

  private static double bitsBehindAPool(Convention convention, Shape input, Pool pool) {
    Network network = new Network(input, List.of(pool, new Flatten(), Dense.of(1, 1)));
    LayerWork dense = Workload.of(network).work(convention).getLast();
    return dense.once().count(Operation.ACTIVATION_BIT) - 32;
  }

  @Test
  void thePaperHasNoExpectation() {
    assertThrows(
        IllegalArgumentException.class, () -> Convention.PAPER.withLast(LastHidden.EXPECTATION));
  }

  @Test
  void names() {
    assertEquals(Convention.STRICT, Convention.named("Strict"));
    String message =
        assertThrows(IllegalArgumentException.class, () -> Convention.named("papr")).getMessage();
    assertEquals("unknown convention 'papr' (did you mean 'paper'?); use paper or strict", message);
    for (Convention convention : List.of(Convention.PAPER, Convention.STRICT)) {
      assertTrue(convention.assumptions().size() > 5);
    }
  }

  private static Work sum(List<LayerWork> work, Function<LayerWork, Work> part) {
    return work.stream().map(part).reduce(Work.NONE, Work::plus);
  }

  /// @param counts in the order of [Operation]
  private static void assertWork(Work work, double... counts) {
    assertArrayEquals(counts, Examples.REQUIRED.stream().mapToDouble(work::count).toArray());
  }
}
