package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class EnvironmentTest {
  @Test
  void anInterruptDoesNotHideTheProcessor() {
    Environment before = Environment.here();
    Thread.currentThread().interrupt();
    assertEquals(before, Environment.here());
    assertTrue(Thread.interrupted());
  }
}
