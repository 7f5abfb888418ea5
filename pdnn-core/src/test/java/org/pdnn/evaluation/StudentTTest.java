package org.pdnn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class StudentTTest {
  @Test
  void ninetyFivePercentLieBetweenTheQuantiles() {
    for (int degrees = 1; degrees <= 30; degrees++) {
      assertEquals(0.95, probability(degrees, StudentT.quantile(degrees)), 5e-5);
    }
  }

  @Test
  void beyondTheTableTheNormalQuantileIsNear() {
    assertEquals(0.95, probability(31, StudentT.quantile(31)), 0.01);
    assertEquals(0.95, probability(100, StudentT.quantile(100)), 0.003);
  }

  @Test
  void degreesOfFreedomStartAtOne() {
    var e = assertThrows(IllegalArgumentException.class, () -> StudentT.quantile(0));
    assertEquals("degrees of freedom must be at least 1, got 0", e.getMessage());
  }

  /// P(|t| < q) by the midpoint rule: the density is (1 + t^2 / n)^(-(n + 1) / 2) over its
  /// integral. With t = sqrt(n) tan(a) the density in a is cos(a)^(n - 1).
  private static double probability(int degrees, double quantile) {
    double inside = integral(degrees, Math.atan(quantile / Math.sqrt(degrees)));
    return inside / integral(degrees, Math.PI / 2);
  }

  private static double integral(int degrees, double to) {
    int steps = 20_000;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      sum += Math.pow(Math.cos((i + 0.5) * to / steps), degrees - 1);
    }
    return sum * to / steps;
  }
}
