package org.pdnn.ising.dynamics;

import java.util.List;
import org.pdnn.ising.Spins;

/// States that were drawn at one beta, each at the end of a read of its own, so that they are
/// independent.
///
/// @param sweeps of each read
/// @param states one for each read
/// @param traces of the first reads, at most 64
public record Samples(double beta, int sweeps, List<Spins> states, Traces traces) {
  public Samples {
    states = List.copyOf(states);
  }
}
