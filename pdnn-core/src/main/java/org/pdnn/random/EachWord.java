package org.pdnn.random;

import java.util.function.IntUnaryOperator;

/// The words of a source, each changed on its own.
record EachWord(RandomWords source, IntUnaryOperator change) implements RandomWords {
  @Override
  public int word(long input, int layer, int unit, int sample) {
    return change.applyAsInt(source.word(input, layer, unit, sample));
  }

  @Override
  public void fill(long input, int layer, int sample, int[] words) {
    source.fill(input, layer, sample, words);
    for (int unit = 0; unit < words.length; unit++) {
      words[unit] = change.applyAsInt(words[unit]);
    }
  }
}
