package org.pdnn.ising;

import java.util.Arrays;

/// Entries of a sparse matrix in the order in which they were added.
public final class Entries {
  private int[] rows = new int[16];
  private int[] columns = new int[16];
  private double[] values = new double[16];
  private int count;

  /// None yet.
  public Entries() {}

  /// Adds an entry.
  ///
  /// @throws IllegalArgumentException if there are [IsingModel#MOST_COUPLINGS] already
  public void add(int row, int column, double value) {
    if (count == IsingModel.MOST_COUPLINGS) {
      throw new IllegalArgumentException(
          "a model has at most %s couplings".formatted(IsingModel.MOST_COUPLINGS));
    }
    if (count == values.length) {
      int longer = Math.min(IsingModel.MOST_COUPLINGS, count + (count >> 1));
      rows = Arrays.copyOf(rows, longer);
      columns = Arrays.copyOf(columns, longer);
      values = Arrays.copyOf(values, longer);
    }
    rows[count] = row;
    columns[count] = column;
    values[count++] = value;
  }

  /// Number of entries.
  public int count() {
    return count;
  }

  /// The row of an entry.
  public int row(int entry) {
    return rows[entry];
  }

  /// The column of an entry.
  public int column(int entry) {
    return columns[entry];
  }

  /// The value of an entry.
  public double value(int entry) {
    return values[entry];
  }
}
