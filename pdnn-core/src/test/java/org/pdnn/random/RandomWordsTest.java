package org.pdnn.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every source of words must do. Each statistic fails for one seed in 15,000 (|z| < 4).
class RandomWordsTest {
  private static final int WORDS = 1 << 16;

  /// Every source; a new one is a new line here or in [#sound].
  static Stream<RandomWords> all() {
    return Stream.concat(
        sound(),
        Stream.of("bits:1", "bits:16", "bias:0.02", "ar1:1", "shared:8", "lfsr:8", "lfsr:16:1")
            .map(notation -> Imperfection.parse(notation).over(new Philox(11))));
  }

  /// Every source whose passes, each alone, are uniform and independent from neuron to neuron.
  static Stream<RandomWords> sound() {
    return Stream.of(
        new Philox(11),
        Philox.forPurpose(11, "test"),
        new Lfsr(11),
        Scheme.INDEPENDENT.over(new Philox(11), 32),
        Scheme.ANTITHETIC.over(new Philox(11), 32),
        Scheme.XOR.over(new Philox(11), 32),
        Scheme.SCRAMBLED.over(new Philox(11), 32),
        Scheme.SCRAMBLED.over(new Philox(11), 100),
        Scheme.STRATIFIED.over(new Philox(11), 32),
        Imperfection.parse("none").over(new Philox(11)),
        Imperfection.parse("ar1:0.9").over(new Philox(11)),
        Imperfection.parse("lfsr:32").over(new Philox(11)),
        Imperfection.parse("telegraph:0.9").over(new Philox(11)),
        measured().over(new Philox(11)));
  }

  /// Four megabytes of sound bits in a file.
  private static Imperfection measured() {
    try {
      Path file = Files.createTempFile("pdnn", ".bits");
      file.toFile().deleteOnExit();
      int[] words = new int[1 << 20];
      new Philox(12).fill(0, 0, 0, words);
      ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES);
      bytes.asIntBuffer().put(words);
      Files.write(file, bytes.array());
      return Imperfection.read("file:" + file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void askedTwiceTheyAnswerTheSame(RandomWords words) {
    for (int unit = 0; unit < 100; unit++) {
      assertEquals(words.word(5, 3, unit, 31), words.word(5, 3, unit, 31));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aFilledRowHoldsTheWordsOfItsUnits(RandomWords words) {
    for (int length : new int[] {0, 1, 3, 4, 5, 63, 64, 65}) {
      int[] row = new int[length];
      words.fill(5, 3, 7, row);
      int[] expected = new int[length];
      for (int unit = 0; unit < length; unit++) {
        expected[unit] = words.word(5, 3, unit, 7);
      }
      assertArrayEquals(expected, row);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void rowsMayBeFilledInAnyOrderAndFromAnyThread(RandomWords words) {
    int[][] expected = new int[9][5];
    for (int sample = 0; sample < expected.length; sample++) {
      words.fill(5, 3, sample, expected[sample]);
    }
    IntStream.of(4, 8, 8, 2, 3, 0, 7)
        .parallel()
        .forEach(sample -> {
          int[] row = new int[5];
          words.fill(5, 3, sample, row);
          assertArrayEquals(expected[sample], row);
          words.fill(6, 3, sample, new int[5]);
          words.fill(5, 3, sample, new int[4]);
          words.fill(5, 3, sample, row);
          assertArrayEquals(expected[sample], row);
        });
  }

  @ParameterizedTest
  @MethodSource("sound")
  void aPassHasFairBitsOverUnits(RandomWords words) {
    for (int sample : new int[] {0, 1, 7, 31}) {
      int[] row = row(words, sample);
      for (int bit : new int[] {31, 30, 29, 28, 27, 26, 16, 0}) {
        assertTrue(Math.abs(bias(row, bit)) < 4, "sample " + sample + " bit " + bit);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("sound")
  void neighbouringUnitsAreUncorrelated(RandomWords words) {
    for (int sample : new int[] {0, 5, 31}) {
      int[] row = row(words, sample);
      double sum = 0;
      for (int unit = 1; unit < WORDS; unit++) {
        double a = RandomWords.uniform(row[unit - 1]) - 0.5;
        double b = RandomWords.uniform(row[unit]) - 0.5;
        sum += 12 * a * b;
      }
      assertTrue(Math.abs(sum / Math.sqrt(WORDS - 1)) < 4);
    }
  }

  @ParameterizedTest
  @MethodSource("sound")
  void inputsAndLayersHaveWordsOfTheirOwn(RandomWords words) {
    int equal = 0;
    for (int unit = 0; unit < 1000; unit++) {
      equal += words.word(0, 1, unit, 3) == words.word(1, 1, unit, 3) ? 1 : 0;
      equal += words.word(0, 1, unit, 3) == words.word(0, 2, unit, 3) ? 1 : 0;
    }
    assertEquals(0, equal);
  }

  @Test
  void aBrokenSourceIsFoundOut() {
    Philox philox = new Philox(11);
    RandomWords biased =
        (input, layer, unit, sample) ->
            philox.word(input, layer, unit, sample) & (unit % 50 == 0 ? Integer.MAX_VALUE : -1);
    assertFalse(Math.abs(bias(row(biased, 0), 31)) < 4);
  }

  private static int[] row(RandomWords words, int sample) {
    int[] row = new int[WORDS];
    words.fill(0, 1, sample, row);
    return row;
  }

  /// By how many standard errors one bit's mean over the units misses one half.
  private static double bias(int[] row, int bit) {
    int ones = 0;
    for (int word : row) {
      ones += (word >>> bit) & 1;
    }
    return (ones - WORDS / 2.0) / Math.sqrt(WORDS / 4.0);
  }
}
