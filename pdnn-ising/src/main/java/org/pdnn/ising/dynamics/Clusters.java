package org.pdnn.ising.dynamics;

import org.pdnn.random.RandomWords;

/// Isoenergetic cluster moves: of the spins in which two replicas differ, a connected cluster is
/// exchanged. For one thread.
final class Clusters {
  private final Rows rows;
  private final RandomWords words;
  private final int[] found;

  Clusters(Rows rows, RandomWords words) {
    this.rows = rows;
    this.words = words;
    this.found = new int[rows.fields.length];
  }

  /// Exchanges the cluster of a random spin among those in which two replicas differ, if there are
  /// any.
  ///
  /// @param state words of 64 replicas, by position
  /// @param address which replica's words choose the spin
  void between(long[] state, int one, int other, long address, int round) {
    int differing = 0;
    for (long word : state) {
      differing += (int) (word >>> one ^ word >>> other) & 1;
    }
    if (differing == 0) {
      return;
    }
    long word = Integer.toUnsignedLong(words.word(address, HeatBath.CLUSTERS, 0, round));
    long both = 1L << one | 1L << other;
    int count = 1;
    found[0] = differing(state, one, other, (int) ((word * differing) >>> Integer.SIZE));
    state[found[0]] ^= both;
    // What was exchanged still differs: it is marked by its place in the queue.
    boolean[] seen = new boolean[state.length];
    seen[found[0]] = true;
    for (int next = 0; next < count; next++) {
      int position = found[next];
      for (int k = rows.starts[position]; k < rows.starts[position + 1]; k++) {
        int neighbour = rows.neighbours[k];
        long spins = state[neighbour];
        if (!seen[neighbour]
            && rows.couplings[k] != 0
            && ((spins >>> one ^ spins >>> other) & 1) != 0) {
          seen[neighbour] = true;
          state[neighbour] ^= both;
          found[count++] = neighbour;
        }
      }
    }
  }

  private static int differing(long[] state, int one, int other, int index) {
    int left = index;
    int position = -1;
    while (left >= 0) {
      position++;
      left -= (int) (state[position] >>> one ^ state[position] >>> other) & 1;
    }
    return position;
  }
}
