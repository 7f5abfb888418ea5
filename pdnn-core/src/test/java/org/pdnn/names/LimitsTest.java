package org.pdnn.names;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LimitsTest {
  @Test
  void boundsAreIncluded() {
    assertDoesNotThrow(() -> Limits.atLeast("threads", 1, 1));
    assertDoesNotThrow(() -> Limits.between("bits", 1, 16, 1));
    assertDoesNotThrow(() -> Limits.between("bits", 1, 16, 16));
  }

  @Test
  void refusalsNameParameterRuleAndValue() {
    assertEquals(
        "threads must be at least 1, got 0", refusal(() -> Limits.atLeast("threads", 1, 0)));
    assertEquals("bits must be 1 to 16, got 17", refusal(() -> Limits.between("bits", 1, 16, 17)));
    assertEquals("bits must be 1 to 16, got 0", refusal(() -> Limits.between("bits", 1, 16, 0)));
  }

  private static String refusal(Runnable check) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, check::run).getMessage());
  }
}
