package org.pdnn.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Lfsr;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;

class IntegerSamplerTest {
  private static final RandomWords WORDS = new Philox(11);

  /// A network with pools, a convolution that reads bits, and dense layers.
  private static final Network SMALL = RandomNetworks.convolutional(17);

  private static final IntegerNetwork LOWERED = lowered(SMALL, "4");

  static LongStream seeds() {
    return LongStream.range(0, 60);
  }

  static Stream<String> formats() {
    return Stream.of("8", "4", "2", "1", "8g", "4g", "2g", "1g");
  }

  private static IntegerNetwork lowered(Network network, String format) {
    return Lowering.of(network, WeightFormat.parse(format), InputGrid.PIXELS).result();
  }

  private static float[][] inputs(int count, Network network, long seed) {
    Random random = new Random(seed);
    float[][] inputs = new float[count][network.input().size()];
    for (float[] input : inputs) {
      for (int i = 0; i < input.length; i++) {
        input[i] = random.nextInt(3) == 0 ? 0 : random.nextInt(256) / 255f;
      }
    }
    return inputs;
  }

  private static void assertEqualsReference(
      IntegerNetwork network, Run run, float[][] inputs, RandomWords words) {
    assertEqualsReference(network, run, inputs, 5, words);
  }

  private static void assertEqualsReference(
      IntegerNetwork network, Run run, float[][] inputs, long index, RandomWords words) {
    IntegerReference reference = new IntegerReference(network, run);
    double[][][] outputs = new IntegerSampler(network, run).passes(inputs, index, words);
    for (int i = 0; i < inputs.length; i++) {
      assertArrayEquals(reference.passes(inputs[i], index + i, words), outputs[i], "input " + i);
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void theEngineEqualsTheReferenceBitForBitOnAnyNetwork(long seed) {
    Random random = new Random(seed);
    Network network = RandomNetworks.convolutional(seed);
    String format = formats().toList().get(random.nextInt(8));
    Scheme scheme = List.of(Scheme.values()).get(random.nextInt(Scheme.values().length));
    LastHidden last = List.of(LastHidden.values()).get(random.nextInt(2));
    int samples = new int[] {1, 2, 5, 17, 35}[random.nextInt(5)];
    Run run = new Run(samples, scheme, Averaging.END, last);
    int count = new int[] {1, 2, 3, 5, 18}[random.nextInt(5)];
    assertEqualsReference(lowered(network, format), run, inputs(count, network, seed), WORDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 15, 16, 17, 63, 64, 65, 130, 1000})
  void theEngineEqualsTheReferenceAtAwkwardWidths(int width) {
    Network network = RandomNetworks.mlp(width, width, width, 33, 10);
    for (String format : formats().toList()) {
      assertEqualsReference(lowered(network, format), Run.of(3), inputs(3, network, width), WORDS);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void threadsDoNotChangeAnswers(int threads) {
    float[][] inputs = inputs(33, SMALL, 1);
    IntegerSampler prototype = new IntegerSampler(LOWERED, Run.of(4));
    double[][][] answers = new double[inputs.length][][];
    Workers.forEach(
        inputs.length,
        threads,
        () -> {
          IntegerSampler sampler = prototype.fork();
          return i -> answers[i] = sampler.passes(inputs[i], 7 + i, WORDS);
        });
    assertArrayEquals(prototype.passes(inputs, 7, WORDS), answers);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 64})
  void batchesDoNotChangeAnswers(int batch) {
    float[][] inputs = inputs(70, SMALL, 2);
    IntegerSampler sampler = new IntegerSampler(LOWERED, Run.of(5));
    double[][][] whole = sampler.passes(inputs, 9, WORDS);
    for (int from = 0; from < inputs.length; from += batch) {
      int to = Math.min(inputs.length, from + batch);
      assertArrayEquals(
          Arrays.copyOfRange(whole, from, to),
          sampler.passes(Arrays.copyOfRange(inputs, from, to), 9L + from, WORDS));
    }
  }

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void piecesOfASessionAreThoseOfTheWhole(Scheme scheme) {
    Run run = new Run(36, scheme, Averaging.END, LastHidden.BITS);
    IntegerSampler sampler = new IntegerSampler(LOWERED, run);
    float[][] inputs = inputs(2, SMALL, 3);
    double[][][] whole = sampler.passes(inputs, 4, WORDS);
    Session session = sampler.session(WORDS, 2);
    int[] tickets = session.begin(inputs, Sampler.following(4, 2));
    for (int piece : new int[] {1, 6, 24, 2, 3}) {
      session.advance(piece);
    }
    for (int i = 0; i < inputs.length; i++) {
      assertArrayEquals(whole[i], session.passes(tickets[i]));
    }
  }

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void anyWordsAndAnyInputsAddressGiveTheReferencesAnswer(Scheme scheme) {
    Run run = new Run(6, scheme, Averaging.END, LastHidden.BITS);
    RandomWords formula =
        (input, layer, unit, sample) -> {
          long address = input * 31 + layer * 7L + unit * 1001L + sample * 77L;
          return (int) ((address * 0x9E3779B97F4A7C15L) >>> 32);
        };
    for (RandomWords words : List.of(WORDS, new Lfsr(3), formula)) {
      for (long index : new long[] {0, (1L << 32) - 1, (1L << 33) + 5, (1L << 48) - 2}) {
        assertEqualsReference(LOWERED, run, inputs(2, SMALL, index), index, words);
      }
    }
  }

  @Test
  void noInputsHaveNoPasses() {
    IntegerSampler sampler = new IntegerSampler(LOWERED, Run.of(5));
    assertEquals(0, sampler.passes(new float[0][], 0, WORDS).length);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void inputsOfAnotherLengthAreRefused(int more) {
    IntegerSampler sampler = new IntegerSampler(LOWERED, Run.of(5));
    float[] wrong = new float[SMALL.input().size() + more];
    assertThrows(IllegalArgumentException.class, () -> sampler.passes(wrong, 0, WORDS));
  }

  @Test
  void addressesNeedNotFollowEachOther() {
    float[][] inputs = inputs(70, SMALL, 4);
    long[] addresses = new long[inputs.length];
    Arrays.setAll(addresses, i -> 7_919L * i * i % 1000);
    IntegerSampler sampler = new IntegerSampler(LOWERED, Run.of(5));
    double[][][] together = sampler.passes(inputs, addresses, WORDS);
    for (int i = 0; i < inputs.length; i++) {
      assertArrayEquals(sampler.passes(inputs[i], addresses[i], WORDS), together[i]);
    }
  }

  @Test
  void theWordsMatter() {
    float[][] inputs = inputs(1, SMALL, 4);
    IntegerSampler sampler = new IntegerSampler(LOWERED, Run.of(20));
    double[][][] answer = sampler.passes(inputs, 0, WORDS);
    assertFalse(Arrays.deepEquals(answer, sampler.passes(inputs, 1, WORDS)));
    assertFalse(Arrays.deepEquals(answer, sampler.passes(inputs, 1L << 32, WORDS)));
    assertFalse(Arrays.deepEquals(answer, sampler.passes(inputs, 0, new Lfsr(11))));
  }

  /// Inputs may drop out of a block; the others do not notice.
  @Test
  void someInputsOfABlockGiveWhatAllGive() {
    IntegerSampler sampler = new IntegerSampler(LOWERED, Run.of(20));
    float[][] inputs = inputs(40, SMALL, 3);
    double[][][] whole = sampler.passes(inputs, 4, WORDS);
    Session session = sampler.session(WORDS, 40);
    int[] tickets = session.begin(inputs, Sampler.following(4, 40));
    session.advance(3);
    for (int i = 0; i < inputs.length; i++) {
      if (i % 7 != 3) {
        session.end(tickets[i]);
      }
    }
    session.advance(17);
    for (int i = 3; i < inputs.length; i += 7) {
      assertArrayEquals(whole[i], session.passes(tickets[i]));
    }
  }

  /// In steady state a run allocates its outputs and nothing else that grows with the samples. The
  /// least of several measurements counts: until it has compiled the kernels, the machine allocates
  /// vectors.
  @Test
  void nothingIsAllocatedForASampleButItsLogits() {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    float[][] inputs = inputs(16, SMALL, 3);
    // A row of logits: a header of 16 bytes, 8 bytes a logit, a reference.
    long row = 16 + 8L * LOWERED.outputs() + 8;
    IntegerSampler few = new IntegerSampler(LOWERED, Run.of(32));
    IntegerSampler many = new IntegerSampler(LOWERED, Run.of(320));
    long least = Long.MAX_VALUE;
    for (int attempt = 0; attempt < 400 && least > row + 32; attempt++) {
      long start = thread.getCurrentThreadAllocatedBytes();
      few.passes(inputs, 0, WORDS);
      long middle = thread.getCurrentThreadAllocatedBytes();
      many.passes(inputs, 0, WORDS);
      long ofFew = middle - start;
      long ofMany = thread.getCurrentThreadAllocatedBytes() - middle;
      least = Math.min(least, Math.max(0, ofMany - ofFew) / (288 * 16));
    }
    assertTrue(least <= row + 32, least + " bytes a sample, " + row + " of them logits");
  }
}
