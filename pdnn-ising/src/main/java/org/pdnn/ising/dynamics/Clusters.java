package org.pdnn.ising.dynamics;

import org.pdnn.network.Exponential;
import org.pdnn.random.RandomWords;

/// Cluster moves: of the spins in which two replicas of one beta differ, a connected cluster is
/// exchanged. For one thread.
///
/// Joined by all couplings, a cluster leaves the sum of both energies as it is. In two moves of
/// four a coupling joins only if it is strong: at least a share, which is drawn, of the strongest
/// of one of its spins. The exchange then has the odds of Metropolis' rule. The share does not
/// depend on the states, and the spins that differ are the same after an exchange, so that both
/// ways are as likely to be proposed. It pays where many weak couplings join everything.
final class Clusters {
  private final Rows rows;
  private final RandomWords words;

  /// By position: the magnitude of the strongest coupling.
  private final double[] strongest;

  private final int[] found;

  Clusters(Rows rows, RandomWords words) {
    this.rows = rows;
    this.words = words;
    this.found = new int[rows.fields.length];
    this.strongest = new double[rows.fields.length];
    for (int position = 0; position < strongest.length; position++) {
      for (int k = rows.starts[position]; k < rows.starts[position + 1]; k++) {
        strongest[position] = Math.max(strongest[position], Math.abs(rows.couplings[k]));
      }
    }
  }

  /// Exchanges the cluster of a random spin among those in which two replicas differ, if there are
  /// any.
  ///
  /// @param state words of 64 replicas, by position
  /// @param beta of both
  /// @param address which replica's words choose the spin
  /// @param move its number
  void between(long[] state, int one, int other, double beta, long address, int move) {
    int differing = 0;
    for (long word : state) {
      differing += (int) (word >>> one ^ word >>> other) & 1;
    }
    if (differing == 0) {
      return;
    }
    long word = Integer.toUnsignedLong(words.word(address, HeatBath.CLUSTERS, 0, move));
    int start = differing(state, one, other, (int) ((word * differing) >>> Integer.SIZE));
    double share =
        move % 4 < 2 ? 0 : RandomWords.uniform(words.word(address, HeatBath.CLUSTERS, 1, move));
    boolean[] inside = new boolean[state.length];
    int count = grow(state, one, other, start, share, inside);
    if (share > 0) {
      double odds =
          Exponential.exp(Math.min(0, -beta * increase(state, one, other, count, inside)));
      if (RandomWords.uniform(words.word(address, HeatBath.CLUSTERS, 2, move)) >= odds) {
        return;
      }
    }
    long both = 1L << one | 1L << other;
    for (int k = 0; k < count; k++) {
      state[found[k]] ^= both;
    }
  }

  /// Finds the cluster of a position.
  ///
  /// @return its size
  private int grow(long[] state, int one, int other, int start, double share, boolean[] inside) {
    int count = 1;
    found[0] = start;
    inside[start] = true;
    for (int next = 0; next < count; next++) {
      int position = found[next];
      for (int k = rows.starts[position]; k < rows.starts[position + 1]; k++) {
        int neighbour = rows.neighbours[k];
        double coupling = Math.abs(rows.couplings[k]);
        if (!inside[neighbour]
            && coupling != 0
            && coupling >= share * Math.min(strongest[position], strongest[neighbour])
            && differ(state[neighbour], one, other)) {
          inside[neighbour] = true;
          found[count++] = neighbour;
        }
      }
    }
    return count;
  }

  /// What an exchange adds to the sum of both energies: 4 J m m' over the couplings that lead from
  /// the cluster to other spins in which the replicas differ.
  private double increase(long[] state, int one, int other, int count, boolean[] inside) {
    double sum = 0;
    for (int next = 0; next < count; next++) {
      int position = found[next];
      long spins = state[position];
      for (int k = rows.starts[position]; k < rows.starts[position + 1]; k++) {
        int neighbour = rows.neighbours[k];
        if (!inside[neighbour] && differ(state[neighbour], one, other)) {
          boolean equal = ((spins ^ state[neighbour]) >>> one & 1) == 0;
          sum += equal ? rows.couplings[k] : -rows.couplings[k];
        }
      }
    }
    return 4 * sum;
  }

  private static boolean differ(long spins, int one, int other) {
    return ((spins >>> one ^ spins >>> other) & 1) != 0;
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
