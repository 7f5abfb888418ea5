package org.pdnn.ising.dynamics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sees 64 replicas after each sweep and keeps the [Traces] of the first of them.
final class Recorder {
  private final int every;
  private final double[][] energies;
  private final double[][] overlaps;
  private final double[] now = new double[Replicas.COUNT];

  /// The replica whose state half-way is the reference.
  private int best;

  /// That state, each spin in all bits of a word.
  private long[] reference = {};

  /// @param reads 1 to 64
  /// @param sweeps at least 1
  Recorder(int reads, int sweeps) {
    this.every = Math.ceilDiv(sweeps, Traces.MOST_POINTS);
    int points = sweeps / every;
    this.energies = new double[reads][points];
    this.overlaps = new double[reads][points - points / 2];
  }

  void see(int sweep, Replicas replicas) {
    if ((sweep + 1) % every != 0) {
      return;
    }
    int point = sweep / every;
    int half = energies[0].length / 2;
    replicas.energies(now);
    for (int read = 0; read < energies.length; read++) {
      energies[read][point] = now[read];
    }
    if (point == half) {
      refer(replicas);
    }
    if (point >= half) {
      BitCounts others = new BitCounts();
      for (int position = 0; position < reference.length; position++) {
        others.add(replicas.state[position] ^ reference[position]);
      }
      for (int read = 0; read < overlaps.length; read++) {
        overlaps[read][point - half] = 1 - 2.0 * others.of(read) / reference.length;
      }
    }
  }

  private void refer(Replicas replicas) {
    for (int read = 1; read < energies.length; read++) {
      best = now[read] < now[best] ? read : best;
    }
    reference = Arrays.stream(replicas.state).map(word -> -(word >>> best & 1)).toArray();
  }

  Traces traces() {
    List<double[]> ofOthers = new ArrayList<>(List.of(overlaps));
    ofOthers.remove(best);
    return new Traces(every, List.of(energies), ofOthers);
  }
}
