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

  private Recorder(int every, double[][] energies, double[][] overlaps) {
    this.every = every;
    this.energies = energies;
    this.overlaps = overlaps;
  }

  /// Of reads that are shown: energies alone.
  ///
  /// @param reads 1 to 64
  /// @param sweeps at least 1
  static Recorder shown(int reads, int sweeps) {
    int every = Math.ceilDiv(sweeps, Traces.POINTS_SHOWN);
    return new Recorder(every, new double[reads][sweeps / every], new double[0][]);
  }

  /// Of reads whose last states are samples: overlaps too.
  ///
  /// @param reads 1 to 64
  /// @param sweeps at least 1
  static Recorder judged(int reads, int sweeps) {
    int every = Math.ceilDiv(sweeps, Traces.POINTS_JUDGED);
    int points = sweeps / every;
    return new Recorder(every, new double[reads][points], new double[reads][points - points / 2]);
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
    if (overlaps.length > 0 && point == half) {
      refer(replicas);
    }
    if (overlaps.length > 0 && point >= half) {
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
    if (!ofOthers.isEmpty()) {
      ofOthers.remove(best);
    }
    return new Traces(every, List.of(energies), ofOthers);
  }
}
