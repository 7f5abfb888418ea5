package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void theEnvironmentKnowsItself() {
    Environment here = Environment.here();
    assertTrue(here.version().matches("\\d+\\.\\d+\\.\\d+.*"), here.version());
    assertTrue(here.jdk().startsWith("25"));
    assertFalse(here.cpu().isBlank());
  }

  @Test
  void anInterruptDoesNotHideTheProcessor() {
    Environment before = Environment.here();
    Thread.currentThread().interrupt();
    assertEquals(before, Environment.here());
    assertTrue(Thread.interrupted());
  }
}
