package org.pdnn.random;

/// One word of a source for each group of neighbouring units.
record SharedWords(RandomWords source, int units) implements RandomWords {
  @Override
  public int word(long input, int layer, int unit, int sample) {
    return source.word(input, layer, unit / units, sample);
  }

  @Override
  public void fill(long input, int layer, int sample, int[] words) {
    int[] groups = new int[Math.ceilDiv(words.length, units)];
    source.fill(input, layer, sample, groups);
    for (int unit = 0; unit < words.length; unit++) {
      words[unit] = groups[unit / units];
    }
  }
}
