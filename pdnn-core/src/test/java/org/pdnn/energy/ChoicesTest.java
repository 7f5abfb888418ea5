package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.random.Scheme;

/// Each choice of a convention alone, on 4 inputs - dense - 3 p-bits - dense - 2 outputs: weights
/// 15
/// + 8 = 23, MACs 12 + 6, neurons 3 + 2. By the convention strict the first layer multiplies once,
///   and each pass draws 3 bits, adds 6 / 2 times and writes 2 outputs.
class ChoicesTest {
  private static final Network NETWORK =
      new Network(Shape.of(4), List.of(Dense.of(4, 3), new Neurons(Examples.PBIT), Dense.of(3, 2)));

  private static double once(Convention convention, Operation operation) {
    return Workload.of(NETWORK).work(convention).stream()
        .mapToDouble(layer -> layer.once().count(operation))
        .sum();
  }

  private static double perSample(Convention convention, Operation operation) {
    return Workload.of(NETWORK).work(convention).stream()
        .mapToDouble(layer -> layer.perSample().count(operation))
        .sum();
  }

  /// 12 + 6 synapses read 18 weights instead of 23 parameters. A 1x1 convolution of 2 x 3 weights
  /// over 16 pixels reads 96 instead of 9.
  @Test
  void weightsReadOnceForEachSynapse() {
    Convention synapse = Convention.PAPER.withReads(WeightReads.SYNAPSE);
    assertEquals(18 * 32, once(synapse, Operation.WEIGHT_BIT));
    Network convolution = new Network(Shape.of(2, 4, 4), List.of(Convolution.of(2, 3, 1, 1, 0)));
    assertEquals(96 * 32, Workload.of(convolution).work(synapse, 1).count(Operation.WEIGHT_BIT));
    assertEquals(
        9 * 32, Workload.of(convolution).work(Convention.PAPER, 1).count(Operation.WEIGHT_BIT));
  }

  /// Strict: the second layer's 6 synapses read bits. Paper: the first layer's 12, too.
  @ParameterizedTest
  @CsvSource({"half, 3, 9", "always, 6, 18", "'1,0.25', 1.5, 13.5", "'0,0', 0, 0"})
  void additions(String additions, double strict, double paper) {
    Additions read = Additions.parse(additions);
    assertEquals(strict, perSample(Convention.STRICT.withAdditions(read), Operation.ADD));
    assertEquals(paper, perSample(Convention.PAPER.withAdditions(read), Operation.ADD));
  }

  @Test
  void tooFewRatesAreRefused() {
    Convention one = Convention.STRICT.withAdditions(new Additions.Measured(List.of(1.0)));
    assertEquals(
        "1 firing rates are too few; give one for each layer of weights",
        assertThrows(IllegalArgumentException.class, () -> Workload.of(NETWORK).work(one))
            .getMessage());
  }

  /// The first layer's 12 MACs read 12 x 8 bits, and products are 32 x 8 / 32^2 of full ones; the
  /// means of 3 p-bits are written in 3 x 32 bits. The paper's first layer then multiplies in every
  /// sample, and reads 12 x 8 bits instead of 12.
  @Test
  void pixelsOfEightBits() {
    BitWidths widths = BitWidths.FULL.withInput(8);
    Convention strict = Convention.STRICT.withWidths(widths);
    assertEquals(12 * 8 + 3 * 32, once(strict, Operation.ACTIVATION_BIT));
    assertEquals(3, once(strict, Operation.MULTIPLY));
    Convention paper = Convention.PAPER.withWidths(widths);
    assertEquals(3, perSample(paper, Operation.MULTIPLY));
    assertEquals(12 * 8 + 6 + 5, perSample(paper, Operation.ACTIVATION_BIT));
  }

  @Test
  void widthsThatMakeNoSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> BitWidths.FULL.withWeight(0));
    assertThrows(IllegalArgumentException.class, () -> BitWidths.FULL.withWord(65));
    assertEquals(
        "input bits must be at most the 8 of activations, got 16",
        assertThrows(
                IllegalArgumentException.class,
                () -> BitWidths.FULL.withActivation(8).withInput(16))
            .getMessage());
  }

  /// The paper's first layer without multiplications is the same as an input of bits.
  @Test
  void anInputOfBits() {
    Convention bits = Convention.STRICT.withWidths(BitWidths.FULL.withInput(1));
    assertEquals(12 + 3 * 32, once(bits, Operation.ACTIVATION_BIT));
    assertEquals(0, once(bits, Operation.MULTIPLY));
    assertEquals(6, once(bits, Operation.ADD));
  }

  /// Independent: 3 words a sample. Scrambled: 2 for 32 samples, 4 for 33. Xor: 1.
  @ParameterizedTest
  @CsvSource({
    "INDEPENDENT, 1, 3",
    "INDEPENDENT, 33, 99",
    "SCRAMBLED, 1, 6",
    "SCRAMBLED, 32, 6",
    "SCRAMBLED, 33, 12",
    "ANTITHETIC, 5, 9",
    "XOR, 33, 3"
  })
  void randomWords(Scheme scheme, int samples, double words) {
    Work work = Workload.of(NETWORK).work(Convention.STRICT.withScheme(scheme), samples);
    assertEquals(words, work.count(Operation.DRAW));
    assertEquals(3.0 * samples, work.count(Operation.COMPARE));
  }

  /// 8-bit weights: 23 x 8 bits; 12 products of 8 x 32 bits, their sums as wide as 32; in a pass 3
  /// sums of 8 bits.
  @Test
  void weightsOfEightBits() {
    Convention eight = Convention.STRICT.withWidths(BitWidths.FULL.withWeight(8));
    assertEquals(23 * 8, once(eight, Operation.WEIGHT_BIT));
    assertEquals(12 * 0.25, once(eight, Operation.MULTIPLY));
    assertEquals(12, once(eight, Operation.ADD));
    assertEquals(3 * 0.25, perSample(eight, Operation.ADD));
  }

  /// Weights of one bit leave additions only.
  @Test
  void weightsOfOneBit() {
    Convention one = Convention.STRICT.withWidths(BitWidths.FULL.withWeight(1));
    assertEquals(0, once(one, Operation.MULTIPLY));
    assertEquals(12, once(one, Operation.ADD));
  }

  /// Real numbers of 16 bits: 12 read, 3 means written, 3 read and 2 outputs written a sample; bits
  /// stay bits, 3 written and 6 read.
  @Test
  void realNumbersOfSixteenBits() {
    Convention sixteen = Convention.STRICT.withWidths(BitWidths.FULL.withActivation(16));
    assertEquals(12 * 16 + 3 * 16, once(sixteen, Operation.ACTIVATION_BIT));
    assertEquals((3 + 2) * 16 + 3 + 6, perSample(sixteen, Operation.ACTIVATION_BIT));
    assertEquals(6, once(sixteen, Operation.MULTIPLY));
  }

  /// Bits in bytes: 3 written and 6 read a sample take 9 x 8, and still only add.
  @Test
  void bitsInWords() {
    Convention bytes = Convention.STRICT.withWidths(BitWidths.FULL.withWord(8));
    assertEquals((3 + 2) * 32 + 9 * 8, perSample(bytes, Operation.ACTIVATION_BIT));
    assertEquals(3, perSample(bytes, Operation.ADD));
  }

  /// As many bits, at 1 instead of 2 pJ.
  @Test
  void activationsBesideTheWeights() {
    EnergyModel chip = new EnergyModel(Examples.primes(), Convention.STRICT);
    EnergyModel weights =
        new EnergyModel(Examples.primes(), Convention.STRICT.withMemory(ActivationMemory.WEIGHTS));
    assertEquals(
        chip.energy(NETWORK, 3).activations(), weights.energy(NETWORK, 3).activations().times(2));
    assertEquals(chip.energy(NETWORK, 3).weights(), weights.energy(NETWORK, 3).weights());
  }

  @Test
  void whatIsOursIsMarked() {
    for (Convention convention :
        List.of(
            Convention.STRICT.withScheme(Scheme.SCRAMBLED),
            Convention.PAPER.withAdditions(new Additions.Always()),
            Convention.PAPER.withMemory(ActivationMemory.WEIGHTS))) {
      assertTrue(
          convention.assumptions().stream().filter(text -> text.endsWith("(ours)")).count() >= 2);
      assertEquals(convention.name() + ", changed", convention.toString());
    }
    assertEquals("paper", Convention.PAPER.toString());
    Convention narrow = Convention.STRICT.withWidths(BitWidths.FULL.withWeight(16));
    assertEquals("strict, changed", narrow.toString());
    assertEquals("strict", narrow.label(List.of(narrow)));
    assertEquals(
        "scrambled", Convention.STRICT.withScheme(Scheme.SCRAMBLED).choices().get("scheme"));
  }

  /// Input 4 x 32 bits; at T = 10 the p-bits 3 x (10 + 32); outputs 2 x 10 x 32. The last two are
  /// there together.
  @Test
  void activationsOfAllSamplesAreKept() {
    ActivationStorage storage = ActivationStorage.of(NETWORK, 10, BitWidths.FULL);
    assertEquals(
        List.of(128L, 126L, 640L),
        storage.layers().stream().map(layer -> layer.written().count()).toList());
    assertEquals(new Bits(766), storage.atMost());
    assertEquals("766 bit", storage.atMost().toString());
    assertEquals("1.235 Mbit", new Bits(1_234_567).toString());
    // Without random neurons there is one pass.
    assertEquals(
        ActivationStorage.of(NETWORK.deterministicTwin(), 1, BitWidths.FULL),
        ActivationStorage.of(NETWORK.deterministicTwin(), 10, BitWidths.FULL));
  }

  /// 4 - 3 - 3 - 2: 15 and 8 weights of 8 bits at the edges, 12 of 4 between them.
  @Test
  void firstAndLastWeightsOfTheirOwn() {
    Network deep =
        new Network(
            Shape.of(4),
            List.of(
                Dense.of(4, 3),
                new Neurons(Examples.PBIT),
                Dense.of(3, 3),
                new Neurons(Examples.PBIT),
                Dense.of(3, 2)));
    Convention edges = Convention.STRICT.withWidths(BitWidths.FULL.withWeight(4).withEdge(8));
    assertEquals(
        15 * 8 + 12 * 4 + 8 * 8, Workload.of(deep).work(edges, 1).count(Operation.WEIGHT_BIT));
    assertEquals("8", edges.choices().get("edgeWeightBits"));
  }

  /// Independent samples draw 3 words each. Scrambled ones draw 2 for 32: a sixteenth a sample.
  @ParameterizedTest
  @CsvSource({"independent, 3", "antithetic, 1.5", "xor, 0", "scrambled, 0.1875", "stratified, 6"})
  void whatAFurtherSampleDraws(String scheme, double words) {
    assertEquals(
        words,
        Workload.of(NETWORK).work(Convention.STRICT.withScheme(Scheme.parse(scheme))).stream()
            .mapToDouble(layer -> layer.furtherSample().count(Operation.DRAW))
            .sum());
  }
}
