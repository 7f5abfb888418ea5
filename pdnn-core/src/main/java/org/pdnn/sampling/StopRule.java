package org.pdnn.sampling;

import java.util.Arrays;

/// When the passes of an input suffice. A rule looks after T = 1, 2, 4, 8, ... passes; at the
/// longest T every input stops.
///
/// - [SettledTest] keeps its promise for each input.
/// - [MarginStop] keeps its promise on average over inputs, and needs fewer passes.
public sealed interface StopRule permits SettledTest, MarginStop {
  /// The longest T.
  int longest();

  /// The first T at which an input may stop, a power of two.
  int first();

  /// Whether an input stops after these passes.
  ///
  /// @param passes the logits of the first T passes, one row each; T a power of two, or the longest
  boolean settled(double[][] passes);

  /// The passes after which an input stops, of all that it may have.
  default double[][] until(double[][] all) {
    int samples = Math.min(1, all.length);
    while (samples < all.length && !settled(Arrays.copyOf(all, samples))) {
      samples = Math.min(2 * samples, all.length);
    }
    return Arrays.copyOf(all, samples);
  }

  /// Checks that there is a look after so many passes.
  static void requireLook(int samples) {
    if (Integer.bitCount(samples) != 1) {
      throw new IllegalArgumentException("looks are at T = 1, 2, 4, 8, ..., not at " + samples);
    }
  }
}
