package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {
  /// The least number of right answers whose Clopper-Pearson interval lies above the share, by
  /// tables of the binomial distribution: P(X >= 10 of 10) = 1/1024, P(X >= 9) = 11/1024 and P(X >=
  /// 8) = 56/1024 at one half.
  @ParameterizedTest
  @CsvSource({
    "10, 9, 0.5, true",
    "10, 8, 0.5, false",
    "29, 9, 0.345, false",
    "100, 17, 0.1, true",
    "100, 16, 0.1, false",
    "10000, 1060, 0.1, true",
    "10000, 1059, 0.1, false",
    "60000, 60000, 0.1, true",
    "60000, 0, 0.1, false",
    "20, 20, 1, false"
  })
  void chanceIsBeatenFromTheExactNumberOn(int inputs, int right, double share, boolean beaten) {
    assertEquals(beaten, new Chance((double) right / inputs, inputs, share).beaten());
  }

  @Test
  void theLargestClassIsCounted() {
    int[] labels = {3, 1, 3, 0};
    Chance chance =
        Chance.of(
            0.75,
            new LabelledInputs() {
              @Override
              public int count() {
                return labels.length;
              }

              @Override
              public int label(int index) {
                return labels[index];
              }

              @Override
              public void read(int index, float[] target) {}
            });
    assertEquals(new Chance(0.75, 4, 0.5), chance);
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
