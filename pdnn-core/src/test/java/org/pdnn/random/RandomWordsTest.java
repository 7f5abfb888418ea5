package org.pdnn.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every source of words must do. Each statistic fails for one seed in 15,000 (|z| < 4).
class RandomWordsTest {
  private static final int WORDS = 1 << 16;

  /// Every source; a new one is a new line.
  static Stream<RandomWords> all() {
    return Stream.of(
        new Philox(11),
        Philox.forPurpose(11, "test"),
        new Lfsr(11),
        Scheme.INDEPENDENT.over(new Philox(11), 32),
        Scheme.ANTITHETIC.over(new Philox(11), 32),
        Scheme.XOR.over(new Philox(11), 32),
        Scheme.SCRAMBLED.over(new Philox(11), 32),
        Scheme.SCRAMBLED.over(new Philox(11), 100),
        Scheme.STRATIFIED.over(new Philox(11), 32));
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
  void aPassHasFairBitsOverUnits(RandomWords words) {
    for (int sample : new int[] {0, 1, 7, 31}) {
      for (int bit : new int[] {31, 30, 29, 28, 27, 26, 16, 0}) {
        assertTrue(Math.abs(bias(words, sample, bit)) < 4, "sample " + sample + " bit " + bit);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void neighbouringUnitsAreUncorrelated(RandomWords words) {
    for (int sample : new int[] {0, 5, 31}) {
      double sum = 0;
      for (int unit = 0; unit < WORDS; unit++) {
        double a = RandomWords.uniform(words.word(0, 1, unit, sample)) - 0.5;
        double b = RandomWords.uniform(words.word(0, 1, unit + 1, sample)) - 0.5;
        sum += 12 * a * b;
      }
      assertTrue(Math.abs(sum / Math.sqrt(WORDS)) < 4);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
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
    assertFalse(Math.abs(bias(biased, 0, 31)) < 4);
  }

  /// By how many standard errors one bit's mean over the units misses one half.
  private static double bias(RandomWords words, int sample, int bit) {
    int ones = 0;
    for (int unit = 0; unit < WORDS; unit++) {
      ones += (words.word(0, 1, unit, sample) >>> bit) & 1;
    }
    return (ones - WORDS / 2.0) / Math.sqrt(WORDS / 4.0);
  }
}
