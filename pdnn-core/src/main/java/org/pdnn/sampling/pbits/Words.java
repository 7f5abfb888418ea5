package org.pdnn.sampling.pbits;

import org.pdnn.integer.Threshold;

/// The random words of the p-bits of one layer, for one input after another. Of each word only the
/// upper bits are looked at that a threshold is compared with. Memory is taken once; for one
/// thread.
public abstract class Words {
  /// Units whose words are drawn at a time: they stay in the first cache.
  static final int CHUNK = 1024;

  /// How far a word is shifted to leave its draw.
  static final int SHIFT = Integer.SIZE - Threshold.BITS;

  private long input;

  /// Turns to an input. To turn to the same again costs nothing.
  ///
  /// @param input its address, in [0, 2^48)
  public void begin(long input) {
    this.input = input;
  }

  /// Forgets what was drawn.
  public void forget() {}

  /// The input turned to.
  final long input() {
    return input;
  }

  /// The draws of n units in a pass: the upper bits of their words.
  ///
  /// @param from the first unit, a multiple of [#CHUNK]
  /// @param n 1 to [#CHUNK]
  /// @return what the next call overwrites; longer than n by what vectors read of it
  abstract short[] draw(int pass, int from, int n);
}
