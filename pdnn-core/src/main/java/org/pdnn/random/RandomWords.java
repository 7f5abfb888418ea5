package org.pdnn.random;

/// Uniform 32-bit words, each addressed by where it is used.
///
/// Implementations are pure functions of their seed and the address: asked twice, they answer the
/// same, from any thread and in any order.
@FunctionalInterface
public interface RandomWords {

  /// The word of one use.
  ///
  /// @param input index of the input (an image, a sentence), in [0, 2^48)
  /// @param layer index of the layer in its network, in [0, 2^16)
  /// @param unit index of the neuron in its layer, at least 0
  /// @param sample index of the pass, at least 0
  int word(long input, int layer, int unit, int sample);

  /// The words of the units 0, 1, ... of one layer in one pass; as many as `words` is long.
  default void fill(long input, int layer, int sample, int[] words) {
    for (int unit = 0; unit < words.length; unit++) {
      words[unit] = word(input, layer, unit, sample);
    }
  }

  /// A word read as a number in [0, 1): the word, unsigned, over 2^32.
  static double uniform(int word) {
    return Integer.toUnsignedLong(word) * 0x1p-32;
  }

  /// Two words as one of 64 bits.
  static long joined(int upper, int lower) {
    return Integer.toUnsignedLong(upper) << 32 | Integer.toUnsignedLong(lower);
  }
}
