package org.pdnn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalTest {
  /// Of tables of the normal distribution (Abramowitz and Stegun, 26.1 and 26.2).
  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.841344746068543",
    "-1, 0.158655253931457",
    "1.959963984540054, 0.975",
    "-3, 0.001349898031630",
    "6, 0.999999999013412",
    "-8, 6.220960574271785e-16"
  })
  void theFunctionIsThatOfTables(double z, double p) {
    assertEquals(p, Normal.below(z), 1e-14 + 1e-9 * Math.min(p, 1 - p));
  }

  @Test
  void quantilesInvertTheFunction() {
    for (double p = 1e-9; p < 1; p = p < 0.01 ? p * 1.3 : p + 0.003) {
      assertEquals(p, Normal.below(Normal.quantile(p)), 5e-8 * p);
    }
  }

  @Test
  void aWordComesBackFromItsQuantile() {
    for (int i = 0; i < 10_000; i++) {
      int word = new Philox(4).word(0, 0, i, 0);
      double step = Normal.word(Normal.quantile(word)) - (double) word;
      // The quantile is off by 1.2e-9 of z at most, where the density is 0.4 at most.
      assertEquals(0, step, 5);
    }
    assertEquals(0, Normal.word(-40));
    assertEquals(-1, Normal.word(40));
  }

  @Test
  void zeroAndOneHaveNoQuantile() {
    assertThrows(IllegalArgumentException.class, () -> Normal.quantile(0.0));
    assertThrows(IllegalArgumentException.class, () -> Normal.quantile(1.0));
  }
}
