package org.pdnn.ising.dynamics;

import java.util.List;

/// How reads went, seen at points that lie the same number of sweeps apart.
///
/// @param every sweeps from a point to the next
/// @param energies of each read, by point
/// @param overlaps of each read but one, by point of the second half: the mean of m_i r_i over the
///   spins, -1 to 1, with the state r that had the least energy half-way; the read that r is of is
///   left out
public record Traces(int every, List<double[]> energies, List<double[]> overlaps) {
  /// Points of a read that samples are judged by, at most.
  static final int POINTS_JUDGED = 4096;

  /// Points of a read that a search is shown by, at most.
  static final int POINTS_SHOWN = 100;

  public Traces {
    energies = List.copyOf(energies);
    overlaps = List.copyOf(overlaps);
  }

  /// Points of a read.
  public int points() {
    return energies.getFirst().length;
  }

  /// The first point of the second half.
  public int half() {
    return points() / 2;
  }
}
