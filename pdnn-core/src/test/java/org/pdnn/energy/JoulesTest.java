package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoulesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.000 fJ",
    "0.0384, 38.40 fJ",
    "3.97, 3.970 pJ",
    "999.96, 1.000 nJ",
    "1981760, 1.982 uJ",
    "-1981760, -1.982 uJ",
    "281795600, 281.8 uJ",
    "2.5e9, 2.500 mJ",
    "7e15, 7000.0 J"
  })
  void printsWithAPrefix(double picojoules, String text) {
    assertEquals(text, Joules.ofPicojoules(picojoules).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "500nJ, 500000",
    "1.2uJ, 1200000",
    "' 3.97 pJ ', 3.97",
    "1e3 fJ, 1",
    "2µJ, 2e6",
    "0.5mJ, 5e8",
    "1J, 1e12"
  })
  void readsANumberAndItsUnit(String text, double picojoules) {
    assertEquals(picojoules, Joules.parse(text).picojoules(), picojoules * 1e-15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"500", "nJ", "500 kJ", "500NJ", "five nJ", "NaN nJ", "1e999J", ""})
  void refusesWhatIsNoEnergy(String text) {
    assertEquals(
        "'%s' is not an energy; use a number and J, mJ, uJ, nJ, pJ or fJ, as in 500nJ"
            .formatted(text),
        assertThrows(IllegalArgumentException.class, () -> Joules.parse(text)).getMessage());
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNotFinite(double picojoules) {
    assertThrows(IllegalArgumentException.class, () -> Joules.ofPicojoules(picojoules));
  }

  /// One unit serves a table: its largest energy has three digits or more before the point.
  @ParameterizedTest
  @CsvSource({"0, pJ", "99999, pJ", "100000, nJ", "66122120, nJ", "1e8, uJ", "2e11, mJ", "5e14, J"})
  void aUnitFitsTheLargest(double picojoules, String symbol) {
    EnergyUnit unit = EnergyUnit.of(Joules.ofPicojoules(picojoules));
    assertEquals(symbol, unit.symbol());
    assertEquals(
        picojoules,
        unit.count(Joules.ofPicojoules(picojoules)) * unit.picojoules(),
        picojoules * 1e-15);
  }

  @Test
  void energiesThatAreComparedHaveNoExponent() {
    assertEquals("0.01235 nJ", Joules.ofPicojoules(12.346).inNanojoules());
    assertEquals("3,662 nJ", Joules.ofPicojoules(3_661_700).inNanojoules());
    assertEquals("10,000 nJ", Joules.ofPicojoules(9_999_600).inNanojoules());
    assertEquals("76,710 nJ", Joules.ofPicojoules(76_709_600).inNanojoules());
  }

  @Test
  void calculates() {
    Joules sum = Joules.ofNanojoules(2).plus(Joules.ofPicojoules(500));
    assertEquals(2.5, sum.nanojoules());
    assertEquals(7500, sum.times(3).picojoules());
    assertEquals(5, sum.dividedBy(Joules.ofPicojoules(500)));
    assertThrows(IllegalArgumentException.class, () -> sum.dividedBy(Joules.ZERO));
  }
}
