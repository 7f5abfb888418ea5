package org.pdnn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LfsrTest {
  @ParameterizedTest
  @CsvSource({"32, 32", "16, 16", "16, 1", "8, 8", "8, 3"})
  void jumpingEqualsShifting(int width, int shifts) {
    Lfsr lfsr = new Lfsr(width, shifts, new Philox(3));
    FeedbackRegister register = new FeedbackRegister(width);
    int state = lfsr.word(0, 1, 2, 0) >>> (32 - width);
    for (int sample = 1; sample < 100; sample++) {
      for (int i = 0; i < shifts; i++) {
        state = register.shift(state);
      }
      assertEquals(state, lfsr.word(0, 1, 2, sample) >>> (32 - width));
    }
  }

  @Test
  void aShortWordIsTheMiddleOfItsStep() {
    Lfsr lfsr = new Lfsr(8, 8, new Philox(3));
    for (int unit = 0; unit < 1000; unit++) {
      assertEquals(0x800000, lfsr.word(0, 1, unit, unit % 7) & 0xFFFFFF);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32})
  void noStateIsZero(int width) {
    Lfsr lfsr = new Lfsr(width, width, new Philox(3));
    for (int unit = 0; unit < 10_000; unit++) {
      assertNotEquals(0, lfsr.word(0, 1, unit, unit % 7) >>> (32 - width));
    }
    // A start of 0 would never leave 0.
    assertNotEquals(0, new Lfsr(width, 1, (input, layer, unit, sample) -> 0).word(0, 0, 0, 5));
  }
}
