package org.pdnn.sampling.pbits;

import org.pdnn.random.RandomWords;

/// Words of any source and scheme, each by its definition.
final class DefinedWords extends Words {
  private final RandomWords words;
  private final int layer;
  private final short[] draws = new short[CHUNK];

  DefinedWords(RandomWords words, int layer) {
    this.words = words;
    this.layer = layer;
  }

  @Override
  short[] draw(int pass, int from, int n) {
    for (int i = 0; i < n; i++) {
      draws[i] = (short) (words.word(input(), layer, from + i, pass) >>> SHIFT);
    }
    return draws;
  }
}
