package org.pdnn.ising.dynamics;

import java.util.List;
import org.pdnn.ising.Spins;

/// States that were drawn at one beta, each at the end of a read of its own, so that they are
/// independent.
///
/// @param states one for each read
/// @param traces energies after each sweep of the first reads
public record Samples(double beta, List<Spins> states, double[][] traces) {
  public Samples {
    states = List.copyOf(states);
  }
}
