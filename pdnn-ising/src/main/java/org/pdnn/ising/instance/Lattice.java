package org.pdnn.ising.instance;

import java.util.OptionalDouble;
import java.util.function.IntUnaryOperator;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.SpinGlass;
import org.pdnn.names.Limits;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;

/// A square lattice on a torus: each spin is coupled with the four beside it.
///
/// @param rows at least 3, as a row of two would couple them twice
/// @param columns likewise
record Lattice(int rows, int columns) {
  private static final int DIRECTIONS = 4;

  Lattice {
    Limits.atLeast("rows of a lattice", 3, rows);
    Limits.atLeast("columns of a lattice", 3, columns);
    Limits.between("spins of a lattice", 9, IsingModel.MOST_SPINS, (long) rows * columns);
  }

  /// Number of spins.
  int size() {
    return rows * columns;
  }

  /// The spins beside each, in the order of directions.
  int[][] neighbours() {
    int[][] neighbours = new int[size()][DIRECTIONS];
    for (int spin = 0; spin < size(); spin++) {
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        neighbours[spin][direction] = beside(spin, direction);
      }
    }
    return neighbours;
  }

  /// The spin beside another: 0 to the right, 1 below, 2 to the left, 3 above.
  private int beside(int spin, int direction) {
    int row = spin / columns;
    int column = spin % columns;
    return switch (direction) {
      case 0 -> row * columns + (column + 1) % columns;
      case 1 -> (row + 1) % rows * columns + column;
      case 2 -> row * columns + (column + columns - 1) % columns;
      default -> (row + rows - 1) % rows * columns + column;
    };
  }

  /// All couplings +1: the ferromagnet that L. Onsager solved.
  SpinGlass ferromagnet() {
    return new SpinGlass(coupled(edge -> 1), 0, OptionalDouble.of(-2.0 * size()));
  }

  /// Couplings of +1 and -1 by chance.
  SpinGlass glass(long seed) {
    RandomWords words = Philox.forPurpose(seed, "couplings");
    return new SpinGlass(coupled(edge -> words.word(0, 0, edge, 0) < 0 ? -1 : 1), 0);
  }

  private IsingModel coupled(IntUnaryOperator coupling) {
    IsingModel.Builder model = IsingModel.of(size());
    for (int spin = 0; spin < size(); spin++) {
      for (int direction = 0; direction < 2; direction++) {
        model.couple(spin, beside(spin, direction), coupling.applyAsInt(2 * spin + direction));
      }
    }
    return model.build();
  }
}
