package org.pdnn.ising.learning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.random.Gaussian;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// Machines by chance, their states, and pictures that small machines can learn.
final class Machines {
  private Machines() {}

  /// Weights and biases of N(0, deviation).
  static Rbm random(int pixels, int labels, int hidden, double deviation, long seed) {
    RandomWords words = new Philox(seed);
    int visible = pixels + labels;
    return new Rbm(
        tensor(words, 0, deviation, hidden, visible),
        tensor(words, 1, deviation, hidden),
        tensor(words, 2, deviation, visible),
        labels);
  }

  private static Tensor tensor(RandomWords words, int which, double deviation, int... dimensions) {
    float[] values = new float[Shape.of(dimensions).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * Gaussian.of(words, 0, which, i));
    }
    return new Tensor(Shape.of(dimensions), values);
  }

  /// The bits of a number, the lowest first.
  static float[] bits(int number, int count) {
    float[] bits = new float[count];
    for (int i = 0; i < count; i++) {
      bits[i] = number >>> i & 1;
    }
    return bits;
  }

  /// All pictures of full rows, or of full columns: 2^(n + 1) - 2.
  static float[][] barsAndStripes(int n) {
    List<float[]> pictures = new ArrayList<>();
    for (int lines = 0; lines < 1 << n; lines++) {
      float[] rows = new float[n * n];
      float[] columns = new float[n * n];
      for (int i = 0; i < n * n; i++) {
        rows[i] = (lines >>> (i / n)) & 1;
        columns[i] = (lines >>> (i % n)) & 1;
      }
      pictures.add(rows);
      if (pictures.stream().noneMatch(picture -> Arrays.equals(picture, columns))) {
        pictures.add(columns);
      }
    }
    return pictures.toArray(float[][]::new);
  }
}
