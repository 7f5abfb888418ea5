package org.pdnn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final double EXACT = 1e-12;

  @Test
  void constantIsTheSameInEveryStep() {
    assertEquals(1, Schedule.CONSTANT.share(1, 100));
    assertEquals(1, Schedule.CONSTANT.share(100, 100));
  }

  /// 5 steps up, then 95 down: half way down at 5 + 95 / 2.
  @Test
  void cosineRisesOverATwentiethAndFallsToNothing() {
    assertEquals(0.2, Schedule.COSINE.share(1, 100), EXACT);
    assertEquals(1, Schedule.COSINE.share(5, 100), EXACT);
    assertEquals(0, Schedule.COSINE.share(100, 100), EXACT);
    assertEquals(0.5, Schedule.COSINE.share(105, 200), EXACT);
    double before = 1;
    for (int step = 6; step <= 100; step++) {
      double share = Schedule.COSINE.share(step, 100);
      assertTrue(share < before, "step " + step);
      before = share;
    }
  }

  @Test
  void aRunOfOneStepIsMadeAtFullRate() {
    assertEquals(1, Schedule.COSINE.share(1, 1));
  }

  @Test
  void namesAreReadAndWritten() {
    for (Schedule schedule : Schedule.values()) {
      assertEquals(schedule, Schedule.parse(schedule.toString()));
    }
    assertThrows(IllegalArgumentException.class, () -> Schedule.parse("cyclic"));
  }
}
