package org.pdnn.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FixedPointWeightsTest {
  @ParameterizedTest
  @CsvSource({
    "2, 2, 0.3, 0.25",
    "2, 2, 0.375, 0.5",
    "2, 2, 0.625, 0.5",
    "2, 2, 3.9, 3.75",
    "2, 2, 100, 3.75",
    "2, 2, -100, -4",
    "2, 2, -0.3, -0.25",
    "6, 25, 1e-9, 0",
    "6, 25, 0.1, 0.1",
    "6, 25, 64, 63.999996",
    "6, 25, -64, -64"
  })
  void roundsToTheNearest(int integer, int fraction, float value, float expected) {
    float rounded = new FixedPointWeights(integer, fraction).round(value);
    assertEquals(expected, rounded, Math.scalb(1.0, -fraction - 1));
    double units = rounded * Math.scalb(1.0, fraction);
    assertEquals(Math.rint(units), units, "a whole number of units");
  }

  @Test
  void everyWeightAndBiasIsRounded() {
    Network network =
        new Network(
            Shape.of(1),
            List.of(new Dense(new Tensor(Shape.of(1, 1), 0.3f), new Tensor(Shape.of(1), 0.9f))));
    Network rounded = new FixedPointWeights(1, 1).apply(network);
    assertEquals(
        List.of(new Dense(new Tensor(Shape.of(1, 1), 0.5f), new Tensor(Shape.of(1), 1f))),
        rounded.layers());
    assertEquals("Q6.25", FixedPointWeights.Q6_25.toString());
    assertThrows(IllegalArgumentException.class, () -> new FixedPointWeights(0, 25));
  }
}
