package org.pdnn.random;

/// Words that were measured: each neuron, for each input, begins at a place of the file that two
/// words of the source choose, and reads on from draw to draw, past the end from the beginning.
///
/// What the generator does from one word to the next thus happens from one pass to the next.
/// Neurons whose places are close share a stretch of the file.
record MeasuredWords(MeasuredBits bits, RandomWords source) implements RandomWords {
  @Override
  public int word(long input, int layer, int unit, int sample) {
    return at(source.word(input, layer, unit, 0), source.word(input, layer, unit, 1), sample);
  }

  @Override
  public void fill(long input, int layer, int sample, int[] words) {
    int[] lower = new int[words.length];
    source.fill(input, layer, 0, words);
    source.fill(input, layer, 1, lower);
    for (int unit = 0; unit < words.length; unit++) {
      words[unit] = at(words[unit], lower[unit], sample);
    }
  }

  private int at(int upper, int lower, int sample) {
    long start = Long.remainderUnsigned(RandomWords.joined(upper, lower), bits.words());
    return bits.word((start + sample) % bits.words());
  }
}
