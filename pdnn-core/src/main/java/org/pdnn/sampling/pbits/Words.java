package org.pdnn.sampling.pbits;

import org.pdnn.integer.Threshold;

/// The random words of the p-bits of one layer, for one input after another. Of each word only the
/// upper bits are looked at that a threshold is compared with. What is drawn for several passes is
/// kept, for as many inputs as there are slots. For one thread.
public abstract class Words {
  /// Units whose words are drawn at a time: they stay in the first cache.
  static final int CHUNK = 1024;

  /// How far a word is shifted to leave its draw.
  static final int SHIFT = Integer.SIZE - Threshold.BITS;

  private int slot;
  private long input;

  /// Turns to an input. To turn to the one that a slot has costs nothing.
  ///
  /// @param slot where its words are kept, below their number
  /// @param input its address, in [0, 2^48)
  public final void turnTo(int slot, long input) {
    this.slot = slot;
    this.input = input;
  }

  /// Forgets what a slot keeps.
  public void forget(int slot) {}

  /// The slot turned to.
  final int slot() {
    return slot;
  }

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
