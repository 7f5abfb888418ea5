package org.pdnn.ising.instance;

import java.util.OptionalDouble;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.SpinGlass;
import org.pdnn.names.Limits;

/// Spins of five neighbours, as quantum Monte Carlo has them: a honeycomb lattice on a torus, each
/// spin coupled with three, in slices (Trotter's replicas) that form a ring, each spin coupled with
/// itself in the slice before and after.
///
/// @param rows of a slice, even; the honeycomb lies as a wall of bricks
/// @param columns likewise
/// @param slices likewise, so that two colours suffice
public record HoneycombSlices(int rows, int columns, int slices) {
  public HoneycombSlices {
    even("rows of a honeycomb", rows);
    even("columns of a honeycomb", columns);
    even("slices", slices);
    Limits.between("spins", 64, IsingModel.MOST_SPINS, (long) rows * columns * slices);
  }

  private static void even(String name, int size) {
    Limits.atLeast(name, 4, size);
    if (size % 2 != 0) {
      throw new IllegalArgumentException("%s must be even, got %s".formatted(name, size));
    }
  }

  /// Number of spins.
  public int size() {
    return rows * columns * slices;
  }

  /// The neighbours of each spin.
  private int[][] neighbours() {
    int[][] neighbours = new int[size()][];
    for (int slice = 0; slice < slices; slice++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int beyond = (row + column) % 2 == 0 ? row + 1 : row + rows - 1;
          neighbours[spin(slice, row, column)] =
              new int[] {
                spin(slice, row, column + 1),
                spin(slice, row, column + columns - 1),
                spin(slice, beyond, column),
                spin(slice + 1, row, column),
                spin(slice + slices - 1, row, column)
              };
        }
      }
    }
    return neighbours;
  }

  private int spin(int slice, int row, int column) {
    return (slice % slices * rows + row % rows) * columns + column % columns;
  }

  /// All couplings +1: the transverse field of the quantum model is that which couples slices as
  /// strongly as spins.
  public SpinGlass ferromagnet() {
    int[][] neighbours = neighbours();
    IsingModel.Builder model = IsingModel.of(size());
    for (int spin = 0; spin < size(); spin++) {
      for (int other : neighbours[spin]) {
        if (other > spin) {
          model.couple(spin, other, 1);
        }
      }
    }
    return new SpinGlass(model.build(), 0, OptionalDouble.of(-2.5 * size()));
  }

  /// The sum of planted frustrated loops, whose least energy is known.
  ///
  /// @param loops their number, at least 1
  public SpinGlass loops(int loops, long seed) {
    return new FrustratedLoops(neighbours(), seed).sum(loops);
  }
}
