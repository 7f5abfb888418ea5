package org.pdnn.integer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantisedWeightsTest {
  private static float[][] random(int outputs, int inputs, double size) {
    Random random = new Random(inputs);
    float[][] weights = new float[outputs][inputs];
    for (float[] row : weights) {
      for (int i = 0; i < inputs; i++) {
        row[i] = (float) (random.nextGaussian() * size);
      }
    }
    return weights;
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "4", "2", "1", "8g", "4g", "2g", "1g"})
  void codesLieInTheFormatsRange(String notation) {
    WeightFormat format = WeightFormat.parse(notation);
    int most = Math.min(127, format.most() * (format.grouped() ? 16 : 1));
    for (int inputs : new int[] {1, 2, 63, 64, 65, 1000, 5000}) {
      QuantisedWeights weights = QuantisedWeights.of(random(3, inputs, 0.1), format);
      float[] values = weights.values();
      for (int o = 0; o < 3; o++) {
        assertTrue(weights.scale(o) > 0);
        for (int i = 0; i < inputs; i++) {
          assertTrue(Math.abs(weights.code(o, i)) <= most, notation);
          assertEquals(weights.code(o, i) * weights.scale(o), values[o * inputs + i]);
          assertTrue(!notation.equals("1") || Math.abs(weights.code(o, i)) == 1);
        }
      }
    }
  }

  /// A single great weight would cost each of the others more than its own rounding.
  @Test
  void eightBitsAreWithinHalfAStep() {
    for (int inputs : new int[] {1, 2, 9, 288}) {
      float[][] exact = random(4, inputs, 2);
      QuantisedWeights weights = QuantisedWeights.of(exact, new WeightFormat(8, false));
      for (int o = 0; o < exact.length; o++) {
        double greatest = 0;
        for (float weight : exact[o]) {
          greatest = Math.max(greatest, Math.abs(weight));
        }
        assertTrue(weights.scale(o) <= greatest / 127 * 1.000001);
        for (int i = 0; i < inputs; i++) {
          float error = Math.abs(exact[o][i] - weights.code(o, i) * weights.scale(o));
          boolean clipped = Math.abs(weights.code(o, i)) == 127;
          assertTrue(clipped || error <= weights.scale(o) * 0.500001, "error " + error);
          assertTrue(error <= greatest / 127, "clipped by " + error);
        }
      }
    }
  }

  @Test
  void groupsFollowWeightsOfDifferentSizes() {
    float[][] weights = random(1, 128, 0.01);
    for (int i = 64; i < 128; i++) {
      weights[0][i] *= 10;
    }
    assertTrue(error(weights, "4g") < error(weights, "4") / 2);
  }

  private static double error(float[][] weights, String format) {
    float[] values = QuantisedWeights.of(weights, WeightFormat.parse(format)).values();
    double error = 0;
    for (int i = 0; i < 64; i++) {
      error += Math.pow(weights[0][i] - values[i], 2);
    }
    return error;
  }

  @Test
  void weightsThatAreAllZeroStayZero() {
    for (String format : new String[] {"8", "4", "2", "1", "4g", "1g"}) {
      QuantisedWeights weights = QuantisedWeights.of(new float[2][70], WeightFormat.parse(format));
      for (float value : weights.values()) {
        assertEquals(0, value);
      }
    }
  }
}
