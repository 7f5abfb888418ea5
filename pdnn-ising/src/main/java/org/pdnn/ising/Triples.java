package org.pdnn.ising;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Couplings of three spins, by spin: each stands with each of its spins, beside both others. Those
/// of a spin are in the order in which they were given.
public final class Triples {
  /// Where those of each spin begin, and at last where they end.
  private final int[] starts;

  private final int[] seconds;
  private final int[] thirds;
  private final double[] couplings;

  private Triples(int[] starts) {
    this.starts = starts;
    int entries = starts[starts.length - 1];
    this.seconds = new int[entries];
    this.thirds = new int[entries];
    this.couplings = new double[entries];
  }

  /// Number of couplings.
  public int count() {
    return couplings.length / 3;
  }

  /// The first entry of a spin; that of the spin after the last is where they end.
  public int start(int spin) {
    return starts[spin];
  }

  /// The lesser of the two other spins of an entry.
  public int second(int entry) {
    return seconds[entry];
  }

  /// The greater of the two other spins of an entry.
  public int third(int entry) {
    return thirds[entry];
  }

  /// The coupling K of an entry.
  public double coupling(int entry) {
    return couplings[entry];
  }

  /// Gathers triples.
  static final class Builder {
    private record Triple(int one, int other, int third, double coupling) {}

    private final int spins;
    private final List<Triple> triples = new ArrayList<>();

    Builder(int spins) {
      this.spins = spins;
    }

    void add(int one, int other, int third, double coupling) {
      if (triples.size() == IsingModel.MOST_COUPLINGS) {
        throw new IllegalArgumentException(
            "a model has at most %s couplings".formatted(IsingModel.MOST_COUPLINGS));
      }
      triples.add(new Triple(one, other, third, coupling));
    }

    Triples build() {
      int[] starts = new int[spins + 1];
      for (Triple each : triples) {
        starts[each.one + 1]++;
        starts[each.other + 1]++;
        starts[each.third + 1]++;
      }
      Arrays.parallelPrefix(starts, Integer::sum);
      Triples built = new Triples(starts.clone());
      for (Triple each : triples) {
        built.put(starts[each.one]++, each.other, each.third, each.coupling);
        built.put(starts[each.other]++, each.one, each.third, each.coupling);
        built.put(starts[each.third]++, each.one, each.other, each.coupling);
      }
      return built;
    }
  }

  private void put(int entry, int one, int other, double coupling) {
    seconds[entry] = Math.min(one, other);
    thirds[entry] = Math.max(one, other);
    couplings[entry] = coupling;
  }
}
