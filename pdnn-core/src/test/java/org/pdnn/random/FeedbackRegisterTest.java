package org.pdnn.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedbackRegisterTest {
  @Test
  void thirtyTwoBitsTakeOnEveryStateButZero() {
    // The period divides 2^32 - 1 = 3 * 5 * 17 * 257 * 65537; it is the whole if no maximal proper
    // divisor of shifts leads back.
    FeedbackRegister register = new FeedbackRegister(32);
    long period = (1L << 32) - 1;
    assertEquals(1, register.advance(1, period));
    for (long prime : new long[] {3, 5, 17, 257, 65_537}) {
      assertNotEquals(1, register.advance(1, period / prime));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void shortRegistersTakeOnEveryStateButZero(int width) {
    FeedbackRegister register = new FeedbackRegister(width);
    int state = register.shift(1);
    int shifts = 1;
    for (; state != 1; shifts++) {
      state = register.shift(state);
    }
    assertEquals((1 << width) - 1, shifts);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32})
  void aJumpIsAdvancing(int width) {
    FeedbackRegister register = new FeedbackRegister(width);
    for (long shifts : new long[] {0, 1, 33, 1L << 40}) {
      FeedbackRegister.Jump jump = register.jump(shifts);
      int state = 1;
      for (int i = 0; i < 500; i++) {
        state = register.advance(state, 7);
        assertEquals(register.advance(state, shifts), jump.from(state));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16, 32})
  void advancingIsShifting(int width) {
    FeedbackRegister register = new FeedbackRegister(width);
    int state = 5;
    for (int shifts = 0; shifts < 300; shifts++) {
      assertEquals(state, register.advance(5, shifts));
      state = register.shift(state);
    }
  }

  /// The correlation over the whole period, counted; the formula leaves out 2^-width.
  @ParameterizedTest
  @CsvSource({"8, 1", "8, 2", "8, 7", "8, 8", "8, 31", "16, 1", "16, 3", "16, 16", "16, 33"})
  void theCorrelationIsThatOfTheWholePeriod(int width, int shifts) {
    FeedbackRegister register = new FeedbackRegister(width);
    double states = Math.scalb(1.0, width) - 1;
    double mean = Math.scalb(1.0, width - 1);
    double variance = 0;
    double covariance = 0;
    int state = 1;
    for (int i = 0; i < states; i++) {
      variance += (state - mean) * (state - mean);
      covariance += (state - mean) * (register.advance(state, shifts) - mean);
      state = register.shift(state);
    }
    assertEquals(covariance / variance, register.correlation(shifts), Math.scalb(4.0, -width));
  }

  /// The defect and its cure: a shift leaves 0.38 or 0.5 of a number, `width` shifts leave nothing.
  @ParameterizedTest
  @CsvSource({"8, 0.3828", "16, 0.3814", "32, 0.5"})
  void numbersAreUncorrelatedAfterAsManyShiftsAsBits(int width, double afterOne) {
    FeedbackRegister register = new FeedbackRegister(width);
    assertEquals(afterOne, register.correlation(1), 5e-5);
    for (int shifts = width; shifts <= 2 * width; shifts++) {
      assertEquals(0, register.correlation(shifts), shifts + " shifts");
    }
  }

  @Test
  void otherWidthsAreRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> new FeedbackRegister(12));
    assertEquals("a register has 8, 16 or 32 bits, got 12", e.getMessage());
  }
}
