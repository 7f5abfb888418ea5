package org.pdnn.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingLawsTest {
  @Test
  void areOneAtTheReference() {
    assertEquals(1, ScalingLaws.addition(32));
    assertEquals(1, ScalingLaws.multiplication(32, 32));
    assertEquals(0.25, ScalingLaws.multiplication(8, 32));
  }

  /// Published 8-bit integers beside the laws on 32-bit ones: additions 0.03 of 0.1 pJ at 45 nm and
  /// 0.007 of 0.03 at 7 nm, multiplications 0.2 of 3.1 and 0.07 of 1.48.
  @ParameterizedTest
  @CsvSource({
    "horowitz45-sram, 0.03, 0.2",
    "jouppi7-sram, 0.007, 0.07",
  })
  void agreeWithPublishedIntegersWithinAThird(String name, double add, double multiply) {
    Technology technology = Technology.named(name);
    double adder = technology.cost(Operation.ADD).picojoules() * ScalingLaws.addition(8);
    double multiplier =
        technology.cost(Operation.MULTIPLY).picojoules() * ScalingLaws.multiplication(8, 8);
    assertEquals(1, adder / add, 1.0 / 3);
    assertEquals(1, multiplier / multiply, 1.0 / 3);
  }

  /// Figure 6's 32-bit addition scaled to 8 bits predicts figure 5's synapse within a quarter: half
  /// of 5 x 0.239 / 4 pJ is 0.149, printed 0.12.
  @Test
  void bringFigure6NearFigure5() {
    double addition = Technology.named("sram65").cost(Operation.ADD).picojoules();
    assertEquals(0.12, 2.5 * addition * ScalingLaws.addition(8), 0.03);
  }
}
