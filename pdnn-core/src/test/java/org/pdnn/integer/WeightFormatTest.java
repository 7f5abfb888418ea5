package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFormatTest {
  @ParameterizedTest
  @CsvSource({"8,127", "4,7", "2,1", "1,1", "8g,127", "4g,7", "2g,1", "1g,1"})
  void formatsAreReadAndWritten(String notation, int most) {
    WeightFormat format = WeightFormat.parse(" " + notation + " ");
    assertEquals(notation, format.toString());
    assertEquals(most, format.most());
    assertEquals(notation.endsWith("g"), format.grouped());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "g", "3", "16", "-8", "4gg", "four", "4 g"})
  void othersAreAnswered(String notation) {
    var e = assertThrows(IllegalArgumentException.class, () -> WeightFormat.parse(notation));
    assertEquals(
        "'%s' is not a weight format; use 8, 4, 2 or 1, or with groups of 64 inputs 8g, 4g, 2g or 1g"
            .formatted(notation),
        e.getMessage());
  }
}
