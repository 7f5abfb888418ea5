package org.pdnn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class LfsrTest {
  @Test
  void jumpingEqualsShifting() {
    Lfsr lfsr = new Lfsr(3);
    int state = lfsr.word(0, 1, 2, 0);
    for (int sample = 1; sample < 100; sample++) {
      for (int i = 0; i < 32; i++) {
        state = Lfsr.shift(state);
      }
      assertEquals(state, lfsr.word(0, 1, 2, sample));
    }
  }

  @Test
  void theRegisterVisitsEveryStateButZero() {
    // The period divides 2^32 - 1 = 3 * 5 * 17 * 257 * 65537; it is the whole if no maximal proper
    // divisor of steps leads back.
    long period = (1L << 32) - 1;
    assertEquals(1, Lfsr.advance(1, period));
    for (long prime : new long[] {3, 5, 17, 257, 65_537}) {
      assertNotEquals(1, Lfsr.advance(1, period / prime));
    }
  }

  @Test
  void noWordIsZero() {
    Lfsr lfsr = new Lfsr(3);
    for (int unit = 0; unit < 10_000; unit++) {
      assertNotEquals(0, lfsr.word(0, 1, unit, unit % 7));
    }
  }
}
