package org.pdnn.ising;

import java.util.Arrays;
import java.util.function.IntPredicate;
import org.pdnn.names.Limits;

/// An Ising model: spins m_i of -1 or +1 with the energy
///
/// E(m) = -sum over pairs of J_ij m_i m_j - sum over triples of K_ijk m_i m_j m_k - sum over spins
/// of h_i m_i.
///
/// That is the sign of physics and of the p-bit literature: a positive coupling aligns its spins.
/// Where others have E = +sum J m m + sum h m (dimod, QUBO), formats convert at the border. A p-bit
/// of the model sees the input I_i = h_i + sum over j of J_ij m_j + sum over j, k of K_ijk m_j m_k,
/// and is up with the probability (1 + tanh(beta I_i)) / 2, as in the paper's network. Most models
/// have no triples; those of clauses of three literals do.
///
/// Immutable. Couplings are kept by spin, each with all of its spins, neighbours in ascending
/// order.
public final class IsingModel {
  /// The most spins of a model.
  public static final int MOST_SPINS = 1 << 24;

  /// The most couplings of a model.
  public static final int MOST_COUPLINGS = 50_000_000;

  private final double[] fields;

  /// Where the neighbours of each spin begin, and at last where they end.
  private final int[] starts;

  private final int[] neighbours;
  private final double[] couplings;
  private final Triples triples;

  private IsingModel(
      double[] fields, int[] starts, int[] neighbours, double[] couplings, Triples triples) {
    this.fields = fields;
    this.starts = starts;
    this.neighbours = neighbours;
    this.couplings = couplings;
    this.triples = triples;
  }

  /// Begins a model without couplings and fields.
  ///
  /// @param spins 1 to [#MOST_SPINS]
  public static Builder of(int spins) {
    return new Builder(spins);
  }

  /// Number of spins.
  public int size() {
    return fields.length;
  }

  /// Number of couplings of pairs, those of 0 that were given included.
  public int couplings() {
    return neighbours.length / 2;
  }

  /// The field h of a spin.
  public double field(int spin) {
    return fields[spin];
  }

  /// Number of neighbours of a spin.
  public int degree(int spin) {
    return starts[spin + 1] - starts[spin];
  }

  /// A neighbour of a spin.
  ///
  /// @param k 0 to its degree - 1; neighbours ascend
  public int neighbour(int spin, int k) {
    return neighbours[starts[spin] + k];
  }

  /// The coupling J of a spin with its k-th neighbour.
  public double coupling(int spin, int k) {
    return couplings[starts[spin] + k];
  }

  /// Whether a state and its reverse have the same energy: there are no fields and no triples.
  public boolean symmetric() {
    return triples.count() == 0 && Arrays.stream(fields).allMatch(field -> field == 0);
  }

  /// The couplings of three spins.
  public Triples triples() {
    return triples;
  }

  /// The input I of a p-bit: its field, then each neighbour's coupling with the neighbour's sign,
  /// then each triple's with the sign of both others, added in this order.
  ///
  /// @param up which spins are up
  public double input(int spin, IntPredicate up) {
    double input = fields[spin];
    for (int k = starts[spin]; k < starts[spin + 1]; k++) {
      input += up.test(neighbours[k]) ? couplings[k] : -couplings[k];
    }
    for (int k = triples.start(spin); k < triples.start(spin + 1); k++) {
      boolean equal = up.test(triples.second(k)) == up.test(triples.third(k));
      input += equal ? triples.coupling(k) : -triples.coupling(k);
    }
    return input;
  }

  /// The energy of a state.
  ///
  /// @throws IllegalArgumentException unless it has as many spins
  public double energy(Spins spins) {
    if (spins.size() != size()) {
      throw new IllegalArgumentException(
          "a state of %s spins is no state of a model of %s".formatted(spins.size(), size()));
    }
    double energy = 0;
    for (int spin = 0; spin < size(); spin++) {
      double term = fields[spin];
      for (int k = starts[spin]; k < starts[spin + 1]; k++) {
        if (neighbours[k] > spin) {
          term += spins.up(neighbours[k]) ? couplings[k] : -couplings[k];
        }
      }
      for (int k = triples.start(spin); k < triples.start(spin + 1); k++) {
        if (triples.second(k) > spin) {
          boolean equal = spins.up(triples.second(k)) == spins.up(triples.third(k));
          term += equal ? triples.coupling(k) : -triples.coupling(k);
        }
      }
      energy -= spins.up(spin) ? term : -term;
    }
    return energy;
  }

  /// The greatest magnitude that the input of a p-bit can have.
  public double mostInput(int spin) {
    double most = Math.abs(fields[spin]);
    for (int k = starts[spin]; k < starts[spin + 1]; k++) {
      most += Math.abs(couplings[k]);
    }
    for (int k = triples.start(spin); k < triples.start(spin + 1); k++) {
      most += Math.abs(triples.coupling(k));
    }
    return most;
  }

  /// Gathers couplings and fields. Those of the same pair, or the same spin, add up.
  public static final class Builder {
    private final double[] fields;
    private final Entries couplings = new Entries();
    private final Triples.Builder triples;

    private Builder(int spins) {
      Limits.between("spins", 1, MOST_SPINS, spins);
      fields = new double[spins];
      triples = new Triples.Builder(spins);
    }

    /// Adds to the coupling J of two spins.
    ///
    /// @throws IllegalArgumentException if there are no such two spins, or J is not finite
    public Builder couple(int one, int other, double coupling) {
      requireSpin(one);
      requireSpin(other);
      if (one == other) {
        throw new IllegalArgumentException("spin %s is coupled with itself".formatted(one));
      }
      requireFinite("a coupling", coupling);
      couplings.add(one, other, coupling);
      return this;
    }

    /// Adds a coupling K of three spins.
    ///
    /// @throws IllegalArgumentException if there are no such three spins, or K is not finite
    public Builder couple(int one, int other, int third, double coupling) {
      for (int spin : new int[] {one, other, third}) {
        requireSpin(spin);
      }
      if (one == other || one == third || other == third) {
        throw new IllegalArgumentException(
            "three different spins are coupled, got %s, %s and %s".formatted(one, other, third));
      }
      requireFinite("a coupling", coupling);
      triples.add(one, other, third, coupling);
      return this;
    }

    /// Adds to the field h of a spin.
    ///
    /// @throws IllegalArgumentException if there is no such spin, or h is not finite
    public Builder field(int spin, double field) {
      requireSpin(spin);
      requireFinite("a field", field);
      fields[spin] += field;
      return this;
    }

    private void requireSpin(int spin) {
      Limits.between("spin", 0, fields.length - 1, spin);
    }

    private static void requireFinite(String name, double value) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("%s must be finite, got %s".formatted(name, value));
      }
    }

    /// The model.
    public IsingModel build() {
      int count = couplings.count();
      int[] starts = new int[fields.length + 1];
      for (int k = 0; k < count; k++) {
        starts[couplings.row(k) + 1]++;
        starts[couplings.column(k) + 1]++;
      }
      Arrays.parallelPrefix(starts, Integer::sum);
      int[] unsorted = new int[2 * count];
      double[] theirs = new double[2 * count];
      int[] next = starts.clone();
      for (int k = 0; k < count; k++) {
        int one = couplings.row(k);
        int other = couplings.column(k);
        put(next[one]++, other, couplings.value(k), unsorted, theirs);
        put(next[other]++, one, couplings.value(k), unsorted, theirs);
      }
      // The matrix is symmetric: to transpose it sorts each row.
      int[] neighbours = new int[2 * count];
      double[] sorted = new double[2 * count];
      next = starts.clone();
      for (int spin = 0; spin < fields.length; spin++) {
        for (int k = starts[spin]; k < starts[spin + 1]; k++) {
          put(next[unsorted[k]]++, spin, theirs[k], neighbours, sorted);
        }
      }
      return merged(fields.clone(), starts, neighbours, sorted, triples.build());
    }

    private static void put(int at, int spin, double value, int[] spins, double[] values) {
      spins[at] = spin;
      values[at] = value;
    }

    /// Adds up the couplings of equal pairs, which lie side by side.
    private static IsingModel merged(
        double[] fields, int[] starts, int[] neighbours, double[] couplings, Triples triples) {
      int[] merged = new int[starts.length];
      int end = 0;
      for (int spin = 0; spin < fields.length; spin++) {
        for (int k = starts[spin]; k < starts[spin + 1]; k++) {
          if (end > merged[spin] && neighbours[end - 1] == neighbours[k]) {
            couplings[end - 1] += couplings[k];
          } else {
            put(end++, neighbours[k], couplings[k], neighbours, couplings);
          }
        }
        merged[spin + 1] = end;
      }
      IsingModel model =
          new IsingModel(
              fields,
              merged,
              Arrays.copyOf(neighbours, end),
              Arrays.copyOf(couplings, end),
              triples);
      for (int spin = 0; spin < fields.length; spin++) {
        requireFinite("the sum of a spin's couplings", model.mostInput(spin));
      }
      return model;
    }
  }
}
