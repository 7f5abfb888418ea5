package org.pdnn.ising.dynamics;

import java.util.List;
import org.pdnn.ising.Spins;

/// States that were drawn at one beta, each at the end of a read of its own, so that they are
/// independent.
///
/// @param states one for each read
/// @param traces of the first reads, the energies after each sweep
public record Samples(double beta, List<Spins> states, List<double[]> traces) {
  public Samples {
    states = List.copyOf(states);
    traces = List.copyOf(traces);
  }

  /// Sweeps of each read.
  public int sweeps() {
    return traces.getFirst().length;
  }
}
