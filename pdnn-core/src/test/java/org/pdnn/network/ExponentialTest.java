package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialTest {
  @Test
  void withinFourUnitsInTheLastPlace() {
    double worst = 0;
    for (int i = -1_400_000; i <= 1_400_000; i++) {
      // A step that no power of two divides; the sweep ends just within +-700.
      double x = i * 4.9999e-4;
      double exact = StrictMath.exp(x);
      worst = Math.max(worst, Math.abs(Exponential.exp(x) - exact) / Math.ulp(exact));
    }
    assertTrue(worst <= 4, "worst error " + worst);
  }

  @Test
  void nearZeroItIsExact() {
    assertEquals(1, Exponential.exp(0));
    assertEquals(1, Exponential.exp(-0.0));
    assertEquals(1, Exponential.exp(Double.MIN_VALUE));
    assertEquals(StrictMath.E, Exponential.exp(1), 4 * Math.ulp(StrictMath.E));
  }

  @ParameterizedTest
  @ValueSource(doubles = {700, 701, 1e300, Double.MAX_VALUE, Double.POSITIVE_INFINITY})
  void beyondItsLimitItIsClamped(double x) {
    assertEquals(Exponential.exp(700), Exponential.exp(x));
    assertEquals(Exponential.exp(-700), Exponential.exp(-x));
    assertTrue(Exponential.exp(x) > 1e304 && Exponential.exp(-x) < 1e-303);
  }

  @Test
  void notANumberStaysSo() {
    assertTrue(Double.isNaN(Exponential.exp(Double.NaN)));
  }
}
