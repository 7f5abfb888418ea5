package org.pdnn.ising.learning;

import org.pdnn.random.RandomWords;

/// Which bits of a row are 1, in ascending order. Scratch memory of one thread.
final class Ones {
  private final int[] indices;
  private int count;

  Ones(int bits) {
    indices = new int[bits];
  }

  int count() {
    return count;
  }

  int get(int k) {
    return indices[k];
  }

  void clear() {
    count = 0;
  }

  /// Adds a bit, which comes after those that are there.
  void add(int index) {
    indices[count++] = index;
  }

  /// Draws each bit: 1 if its uniform number lies below its probability.
  void draw(float[] probabilities, int[] words) {
    int n = 0;
    for (int unit = 0; unit < probabilities.length; unit++) {
      indices[n] = unit;
      n += RandomWords.uniform(words[unit]) < probabilities[unit] ? 1 : 0;
    }
    count = n;
  }

  /// The bits as numbers, 0 or 1.
  float[] toArray() {
    float[] bits = new float[indices.length];
    for (int k = 0; k < count; k++) {
      bits[indices[k]] = 1;
    }
    return bits;
  }
}
