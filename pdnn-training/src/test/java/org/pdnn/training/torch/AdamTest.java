package org.pdnn.training.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AdamTest {
  private static final double RATE = 0.05;
  private static final int SIZE = 9;

  @BeforeAll
  static void load() {
    Libtorch.load();
  }

  private static float[] gradients(int step) {
    Random random = new Random(step);
    float[] values = new float[SIZE];
    for (int i = 1; i < SIZE; i++) {
      // From large to tiny; the first gets none at all.
      values[i] = (float) (random.nextGaussian() * Math.pow(10, 1 - i));
    }
    return values;
  }

  /// Kingma and Ba, algorithm 1, in 64 bits.
  @Test
  void stepsEqualThoseByHand() {
    double[] weights = new double[SIZE];
    double[] m = new double[SIZE];
    double[] v = new double[SIZE];
    float[] start = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      start[i] = i / 8f - 0.5f;
      weights[i] = start[i];
    }
    Device cpu = new Device("cpu");
    try (var _ = new PointerScope()) {
      Tensor tensor = Parameters.tensor(start, cpu);
      try (Adam adam = new Adam(tensor)) {
        for (int t = 1; t <= 8; t++) {
          float[] g = gradients(t);
          adam.step(tensor, Parameters.tensor(g, cpu), t, RATE);
          for (int i = 0; i < SIZE; i++) {
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
            double mean = m[i] / (1 - Math.pow(0.9, t));
            double variance = v[i] / (1 - Math.pow(0.999, t));
            weights[i] -= RATE * mean / (Math.sqrt(variance) + 1e-8);
          }
          float[] found = Parameters.array(tensor);
          for (int i = 0; i < SIZE; i++) {
            assertEquals(weights[i], found[i], 1e-6, "weight " + i + " after step " + t);
          }
        }
      }
    }
  }

  @Test
  void aRestoredStateGoesOnWithTheSameBits() {
    Device cpu = new Device("cpu");
    try (var _ = new PointerScope()) {
      Tensor through = Parameters.tensor(new float[SIZE], cpu);
      Tensor stopped = Parameters.tensor(new float[SIZE], cpu);
      try (Adam one = new Adam(through);
          Adam before = new Adam(stopped);
          Adam after = new Adam(stopped)) {
        for (int t = 1; t <= 3; t++) {
          one.step(through, Parameters.tensor(gradients(t), cpu), t, RATE);
          before.step(stopped, Parameters.tensor(gradients(t), cpu), t, RATE);
        }
        after.restore(before.mean(), before.variance(), cpu);
        one.step(through, Parameters.tensor(gradients(4), cpu), 4, RATE);
        after.step(stopped, Parameters.tensor(gradients(4), cpu), 4, RATE);
        assertArrayEquals(Parameters.array(through), Parameters.array(stopped));
      }
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    try (var _ = new PointerScope()) {
      Adam adam = new Adam(Parameters.tensor(new float[SIZE], new Device("cpu")));
      adam.close();
      adam.close();
    }
  }
}
