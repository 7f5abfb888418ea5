package org.pdnn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LfsrTest {
  @ParameterizedTest
  @CsvSource({"32, 32", "16, 16", "16, 1", "8, 8", "8, 3"})
  void jumpingEqualsShifting(int width, int shifts) {
    Lfsr lfsr = new Lfsr(width, shifts, new Philox(3));
    int state = lfsr.word(0, 1, 2, 0) >>> (32 - width);
    for (int sample = 1; sample < 100; sample++) {
      for (int i = 0; i < shifts; i++) {
        state = Lfsr.shift(width, state);
      }
      assertEquals(state, lfsr.word(0, 1, 2, sample) >>> (32 - width));
    }
  }

  @Test
  void theRegisterOfTheCircuitVisitsEveryStateButZero() {
    // The period divides 2^32 - 1 = 3 * 5 * 17 * 257 * 65537; it is the whole if no maximal proper
    // divisor of steps leads back.
    Lfsr lfsr = new Lfsr(1);
    long period = (1L << 32) - 1;
    assertEquals(1, lfsr.advance(1, period));
    for (long prime : new long[] {3, 5, 17, 257, 65_537}) {
      assertNotEquals(1, lfsr.advance(1, period / prime));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void shortRegistersVisitEveryStateButZero(int width) {
    int state = Lfsr.shift(width, 1);
    int steps = 1;
    for (; state != 1; steps++) {
      state = Lfsr.shift(width, state);
    }
    assertEquals((1 << width) - 1, steps);
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

  @Test
  void otherWidthsAreRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Lfsr(12, 1, new Philox(3)));
    assertEquals("a register has 8, 16 or 32 bits, got 12", e.getMessage());
  }
}
