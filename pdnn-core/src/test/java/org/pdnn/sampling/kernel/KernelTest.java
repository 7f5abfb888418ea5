package org.pdnn.sampling.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.REAL_BLOCK;
import static org.pdnn.sampling.kernel.Kernel.REAL_POSITIONS;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pdnn.integer.ProbabilityCurve;
import org.pdnn.random.Philox;

/// Every kernel that runs here has the bits of the scalar one. Vectors that are narrower than the
/// machine's run as well, so that one machine tests all of them.
class KernelTest {
  private static final Kernel TRUTH = new ScalarKernel();

  /// Values around which a p-bit's probability might be read from the wrong place.
  private static final float[] EDGES = {
    0f,
    -0f,
    0.5f,
    -0.5f,
    1.5f,
    -1.5f,
    2.5f,
    1f,
    0x1.fffffep-1f,
    0x1.000002p0f,
    1e-8f,
    15.5f,
    -15.5f,
    15.499999f,
    -15.499999f,
    15.500001f,
    -15.500001f,
    15f,
    -15f,
    16f,
    -16f,
    100f,
    -100f,
    0x1p23f,
    -0x1p23f,
    1e30f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY
  };

  static List<Kernel> all() {
    return Kernels.all();
  }

  /// The look-ups, by word count; every fifth has the same kind of weights.
  static IntStream wordCounts() {
    return IntStream.concat(IntStream.rangeClosed(0, 130), IntStream.of(1000, 1003));
  }

  @Test
  void theNamesAreThoseOfTheProperty() {
    List<String> names = all().stream().map(Kernel::name).toList();
    assertEquals("scalar", names.getLast());
    List<String> order = List.of("vector512", "vector256", "vector128", "scalar");
    assertEquals(order.subList(order.size() - names.size(), order.size()), names);
  }

  @ParameterizedTest
  @MethodSource("wordCounts")
  void sumsAreThoseOfTheWeightsWhoseBitIsUp(int words) {
    Random random = new Random(words);
    int outputs = words < 1000 ? 1 + random.nextInt(40) : 17;
    short[][] weights = new short[outputs][];
    for (int o = 0; o < outputs; o++) {
      weights[o] = SomeWeights.of(random, words * 32, words % 5);
    }
    int[] taps = new int[words];
    for (int i = 1; i < words; i++) {
      taps[i] = taps[i - 1] + LANES * (1 + random.nextInt(2));
    }
    PackedWeights packed = new PackedWeights(weights, taps);
    int[] tables = new int[packed.tableSize()];
    int[] bits = random.ints(2L * LANES * (words + 3)).toArray();
    int[] positions = random.ints(6, 0, 2 * LANES).toArray();
    positions[1] = positions[0];
    for (int block = 0; block < packed.blocks(); block++) {
      int[] expected = random.ints(positions.length * TILE / 2).toArray();
      int[] before = expected.clone();
      TRUTH.expand(packed, block, tables);
      TRUTH.sums(packed, block, tables, bits, positions, 4, expected);
      for (int i = 0; i < 4; i++) {
        assertSums(weights, packed, block, bits, positions[i], expected, i * TILE / 2);
      }
      for (Kernel kernel : all()) {
        int[] sums = before.clone();
        kernel.expand(packed, block, tables);
        kernel.sums(packed, block, tables, bits, positions, 4, sums);
        assertArrayEquals(expected, sums, kernel.name());
      }
    }
  }

  private static void assertSums(
      short[][] weights,
      PackedWeights packed,
      int block,
      int[] bits,
      int from,
      int[] sums,
      int at) {
    int[] taps = packed.taps();
    for (int o = block * BLOCK; o < Math.min(weights.length, (block + 1) * BLOCK); o++) {
      for (int lane : new int[] {0, 6, LANES - 1}) {
        int sum = packed.offset(o);
        for (int i = 0; i < taps.length * 32; i++) {
          int word = bits[from + taps[i / 32] + lane];
          sum += (word >>> (i % 32) & 1) * weights[o][i];
        }
        int pair = sums[at + o % BLOCK / 2 * LANES + lane];
        assertEquals(sum, o % 2 == 0 ? pair & 0xFFFF : pair >>> 16);
      }
    }
  }

  @Test
  void weightsOfEveryKindAreTestedInBothWidths() {
    boolean[] seen = new boolean[2];
    for (int kind = 0; kind < 5; kind++) {
      short[] weights = SomeWeights.of(new Random(kind), 64, kind);
      seen[new PackedWeights(new short[][] {weights}, new int[] {0, 16}).bytes() ? 1 : 0] = true;
    }
    assertArrayEquals(new boolean[] {true, true}, seen);
  }

  @ParameterizedTest
  @MethodSource("all")
  void probabilitiesOfPoolsAreEqual(Kernel kernel) {
    Random random = new Random(3);
    for (int round = 0; round < 150; round++) {
      int pixels = new int[] {1, 4, 9}[round % 3];
      int[] sums = random.ints(7 + 5 * TILE).toArray();
      float[] scales = new float[5 + BLOCK];
      float[] biases = new float[3 + 12 * BLOCK];
      int[] steps = random.ints(pixels, 0, 10 * BLOCK).toArray();
      boolean edges = round % 2 == 0;
      for (int i = 0; i < scales.length; i++) {
        scales[i] = edges ? 0 : (float) (random.nextGaussian() * 4e-4);
      }
      for (int i = 0; i < biases.length; i++) {
        biases[i] =
            edges
                ? EDGES[random.nextInt(EDGES.length)]
                : (float) (random.nextGaussian() * (i % 2 == 0 ? 8 : 1));
      }
      for (boolean poolsBits : new boolean[] {true, false}) {
        for (ProbabilityCurve curve : ProbabilityCurve.values()) {
          float[] expected = new float[TILE];
          float[] down = new float[TILE];
          TRUTH.down(curve, sums, 7, pixels, poolsBits, scales, 5, biases, 3, steps, expected);
          kernel.down(curve, sums, 7, pixels, poolsBits, scales, 5, biases, 3, steps, down);
          assertArrayEquals(expected, down);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void probabilitiesOfPreActivationsAreEqual(Kernel kernel) {
    Random random = new Random(4);
    for (int round = 0; round < 150; round++) {
      float[] preActivations = new float[REAL_POSITIONS * REAL_BLOCK];
      for (int i = 0; i < preActivations.length; i++) {
        preActivations[i] =
            switch (random.nextInt(4)) {
              case 0 -> EDGES[random.nextInt(EDGES.length)];
              case 1 -> (random.nextInt(70) - 35) / 2f;
              case 2 -> random.nextFloat();
              default -> (float) (random.nextGaussian() * 8);
            };
      }
      // The last row is not asked for and stays.
      int count = preActivations.length - REAL_BLOCK;
      for (ProbabilityCurve curve : ProbabilityCurve.values()) {
        float[] expected = preActivations.clone();
        float[] found = preActivations.clone();
        TRUTH.down(curve, expected, count);
        kernel.down(curve, found, count);
        assertArrayEquals(expected, found);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void firedBitsAreEqual(Kernel kernel) {
    Random random = new Random(5);
    int fired = 0;
    for (int round = 0; round < 400; round++) {
      float[] down = new float[TILE + 16];
      int[] words = random.ints(TILE + 32).toArray();
      for (int i = 0; i < TILE; i++) {
        // A third lies exactly at the threshold or next to it.
        int near = (words[32 + i] >>> 8) + random.nextInt(3) - 1;
        down[16 + i] =
            switch (random.nextInt(3)) {
              case 0 -> 1 - near * 0x1p-24f;
              case 1 -> new float[] {0, 1, 1e-7f, 1 + 1e-6f, -1e-6f}[random.nextInt(5)];
              default -> random.nextFloat();
            };
      }
      int[] expected = random.ints(LANES + 9).toArray();
      int[] bits = expected.clone();
      boolean upper = round % 2 == 1;
      TRUTH.fire(down, 16, words, 32, expected, 5, upper);
      kernel.fire(down, 16, words, 32, bits, 5, upper);
      assertArrayEquals(expected, bits);
      fired += Integer.bitCount(bits[5]);
    }
    assertEquals(400 * 12, fired, 1200, "p-bits do not fire or always do");
  }

  @ParameterizedTest
  @MethodSource("all")
  void wordsAreThoseOfPhilox(Kernel kernel) {
    Random random = new Random(6);
    for (int round = 0; round < 200; round++) {
      Philox philox = new Philox(random.nextLong());
      int layer = random.nextInt(1 << 16);
      int quad = random.nextInt(1 << 28);
      long[] inputs = random.longs(LANES, 0, 1L << 48).toArray();
      int[] samples = random.ints(LANES, 0, 1 << 16).toArray();
      int[] counters = new int[3 * LANES];
      for (int lane = 0; lane < LANES; lane++) {
        counters[lane] = samples[lane];
        counters[LANES + lane] = (int) inputs[lane];
        counters[2 * LANES + lane] = layer << 16 | (int) (inputs[lane] >>> 32);
      }
      int[] words = new int[7 + 4 * 24];
      kernel.philox(philox.key0(), philox.key1(), quad, counters, words, 7, 24);
      for (int lane = 0; lane < LANES; lane++) {
        for (int k = 0; k < 4; k++) {
          int word = philox.word(inputs[lane], layer, 4 * quad + k, samples[lane]);
          assertEquals(word, words[7 + k * 24 + lane]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void scrambledWordsAreEqualInAllPasses(Kernel kernel) {
    Random random = new Random(7);
    for (int pass = 0; pass < 32; pass++) {
      for (int units = 0; units <= BLOCK; units++) {
        int[] shifts = random.ints(TILE + 48).toArray();
        int[] coins = random.ints(TILE + 48).toArray();
        int[] passes = random.ints(LANES, 0, 32).toArray();
        passes[random.nextInt(LANES)] = pass;
        if (units == BLOCK) {
          Arrays.fill(passes, pass);
        }
        int[] expected = new int[TILE];
        int[] words = new int[TILE];
        TRUTH.scramble(shifts, coins, 48, units, passes, expected);
        kernel.scramble(shifts, coins, 48, units, passes, words);
        assertArrayEquals(expected, words);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void preActivationsOfTheFirstLayerAreEqual(Kernel kernel) {
    Random random = new Random(8);
    for (int count : new int[] {0, 1, 3, 27, 64, 130, 500}) {
      // 500 products of 8 by 8 bits stay below 2^24.
      int most = count == 500 ? 127 : 255;
      float[] values = new float[3000];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextBoolean() ? most : random.nextInt(most + 1);
      }
      int[] taps = random.ints(count, 0, 2000).toArray();
      int[] positions = random.ints(4 * REAL_POSITIONS, 0, 900).toArray();
      float[] weights = new float[count * REAL_BLOCK];
      for (int i = 0; i < weights.length; i++) {
        int size = random.nextInt(255) - 127;
        weights[i] = random.nextBoolean() ? Integer.signum(size) * 127 : size;
      }
      float[] scales = new float[3 * REAL_BLOCK];
      float[] biases = new float[3 * REAL_BLOCK];
      for (int i = 0; i < scales.length; i++) {
        scales[i] = random.nextFloat() * 1e-4f;
        biases[i] = (float) random.nextGaussian();
      }
      // The last positions are not asked for.
      int asked = 3 * REAL_POSITIONS;
      float[] expected = new float[positions.length * REAL_BLOCK];
      float[] found = new float[positions.length * REAL_BLOCK];
      TRUTH.preActivate(values, taps, positions, asked, weights, scales, biases, 2, expected);
      kernel.preActivate(values, taps, positions, asked, weights, scales, biases, 2, found);
      assertArrayEquals(expected, found);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void productsOfRowsAreEqual(Kernel kernel) {
    Random random = new Random(9);
    for (int members : new int[] {1, 2, 4, 9}) {
      float[] expected = new float[5 * members * REAL_BLOCK];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = random.nextFloat();
      }
      float[] found = expected.clone();
      TRUTH.multiply(expected, members, 5);
      kernel.multiply(found, members, 5);
      assertArrayEquals(
          Arrays.copyOf(expected, 5 * REAL_BLOCK), Arrays.copyOf(found, 5 * REAL_BLOCK));
    }
  }
}
