package org.pdnn.ising.dynamics;

import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Spins;
import org.pdnn.network.Exponential;
import org.pdnn.random.RandomWords;

/// The p-bit's rule: a spin is drawn anew, up with the probability (1 + tanh(beta I)) / 2 that it
/// has at equilibrium, given its neighbours (the heat bath, or Gibbs sampling).
///
/// The upper 31 bits of its random word are compared with that probability in units of 2^-31. The
/// word of a sweep is that of (input = replica, layer 0, unit = position in the order, sample =
/// sweep).
public final class HeatBath {
  /// A probability of 1.
  static final double ONE = 0x1p31;

  /// Adding and subtracting 1.5 * 2^52 rounds to the nearest integer.
  static final double ROUND = 0x1.8p52;

  /// The layer of the words of updates.
  public static final int UPDATES = 0;

  /// The layer of the words that initial states are drawn with.
  static final int INITIAL = 1;

  /// The layer of the words that exchanges of replicas are decided with.
  static final int EXCHANGES = 2;

  /// The layer of the words that clusters are begun with.
  static final int CLUSTERS = 3;

  private HeatBath() {}

  /// The greatest value of a word's upper 31 bits for which the spin is up: the probability in
  /// units of 2^-31, rounded to the nearest (of two the even), less 1. From -1 (never) to 2^31 - 1
  /// (always).
  ///
  /// @param twice 2 beta I
  public static int bound(double twice) {
    return (int) (ONE / (1 + Exponential.exp(-twice)) + ROUND - ROUND - 1);
  }

  /// Whether a p-bit is up.
  static boolean up(int word, int bound) {
    return word >>> 1 <= bound;
  }

  /// The state that a replica begins with: each spin up by the first bit of its word.
  static Spins initial(int size, RandomWords words, long replica) {
    return Spins.of(size, spin -> words.word(replica, INITIAL, spin, 0) < 0);
  }

  /// A sweep, spin after spin: the definition that every kernel equals bit for bit.
  ///
  /// @param up the state, which it changes
  public static void sweep(
      IsingModel model,
      UpdateOrder order,
      double beta,
      boolean[] up,
      RandomWords words,
      long replica,
      int sweep) {
    for (int position = 0; position < order.size(); position++) {
      int spin = order.spin(position);
      int bound = bound(2 * beta * model.input(spin, other -> up[other]));
      up[spin] = up(words.word(replica, UPDATES, position, sweep), bound);
    }
  }
}
