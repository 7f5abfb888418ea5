package org.pdnn.ising.dynamics;

import java.util.List;

/// What a search ended with.
///
/// @param reads in their order
/// @param traces of the first 64 of them: of an annealing the energies after sweeps, of a tempering
///   the least energies until then
public record Reads(List<Read> reads, Traces traces) {
  public Reads {
    reads = List.copyOf(reads);
  }
}
