package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {
  /// The least number of right answers whose Clopper-Pearson interval lies above the share and a
  /// tenth of what is left, by sums of the binomial distribution: of 10 with odds of 0.55, P(X >=
  /// 9) = 10 * 0.55^9 * 0.45 + 0.55^10 = 0.0233 and P(X >= 8) = 0.0996.
  @ParameterizedTest
  @CsvSource({
    "10, 9, 0.5, true",
    "10, 8, 0.5, false",
    "29, 17, 0.345, false",
    "29, 18, 0.345, true",
    "100, 28, 0.1, true",
    "100, 27, 0.1, false",
    "10000, 1978, 0.1, true",
    "10000, 1977, 0.1, false",
    "60000, 60000, 0.1, true",
    "60000, 0, 0.1, false",
    "20, 20, 1, false"
  })
  void chanceIsBeatenFromTheExactNumberOn(int inputs, int right, double share, boolean beaten) {
    assertEquals(beaten, new Chance((double) right / inputs, inputs, share).beaten());
  }

  /// P(X >= 17 of 100) = 0.0206 and P(X >= 16) = 0.0399 at a tenth.
  @Test
  void aLittleMoreIsSaidToBeSo() {
    String little = "17.00 % right on 100 images is little more than always naming the most";
    assertTrue(new Chance(0.17, 100, 0.1).sentence().startsWith(little));
    assertFalse(new Chance(0.17, 100, 0.1).beaten());
    assertTrue(new Chance(0.16, 100, 0.1).sentence().contains("cannot be told from"));
  }

  @Test
  void neitherAboveNorBelowIsSaidToBeSo() {
    Chance chance = new Chance(0.75, 4, 0.5);
    assertFalse(chance.beaten());
    assertTrue(
        chance
            .sentence()
            .startsWith(
                "75.00 % right on 4 images cannot be told from always naming the most frequent"
                    + " class (50.00 %)"),
        chance.sentence());
  }
}
