package org.pdnn.data;

import org.pdnn.random.RandomWords;

/// The random numbers of one aspect of one image, in the order in which that aspect uses them.
///
/// An aspect has words of its own, so that a change of one leaves the others as they are.
final class Variates {
  private final int[] words;
  private int next;

  /// @param words the words of all images of one part of the set
  /// @param image index of the image
  /// @param aspect index of the aspect, the layer of the words' address
  /// @param most how many words the aspect needs at most
  Variates(RandomWords words, int image, int aspect, int most) {
    this.words = new int[most];
    words.fill(image, aspect, 0, this.words);
  }

  /// Uniform in [from, to).
  double uniform(double from, double to) {
    return from + (to - from) * RandomWords.uniform(words[next++]);
  }

  /// Of mean 0 and the given deviation, nearly normal and never beyond 3.5 deviations.
  ///
  /// The sum of four uniform bytes: plain arithmetic, so equal bits on every machine.
  double normal(double deviation) {
    int word = words[next++];
    int sum = (word & 0xFF) + (word >>> 8 & 0xFF) + (word >>> 16 & 0xFF) + (word >>> 24);
    return (sum - 510) * (deviation / 147.8);
  }
}
