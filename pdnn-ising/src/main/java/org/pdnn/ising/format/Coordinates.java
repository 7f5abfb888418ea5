package org.pdnn.ising.format;

import java.util.Arrays;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Problem;
import org.pdnn.ising.QuadraticForm;
import org.pdnn.ising.Qubo;
import org.pdnn.ising.SpinGlass;

/// The entries of a matrix whose size is known at their end.
final class Coordinates {
  private int[] rows = new int[16];
  private int[] columns = new int[16];
  private double[] values = new double[16];
  private int count;
  private int size;

  /// Adds an entry; on the diagonal it is a linear term.
  void add(int row, int column, double value) {
    if (count == IsingModel.MOST_COUPLINGS) {
      throw new IllegalArgumentException(
          "a model has at most %s couplings".formatted(IsingModel.MOST_COUPLINGS));
    }
    if (count == values.length) {
      rows = Arrays.copyOf(rows, 2 * count);
      columns = Arrays.copyOf(columns, 2 * count);
      values = Arrays.copyOf(values, 2 * count);
    }
    rows[count] = row;
    columns[count] = column;
    values[count++] = value;
    size = Math.max(size, Math.max(row, column) + 1);
  }

  /// A form in bits, to be minimised.
  Problem bits() {
    QuadraticForm form = new QuadraticForm(size);
    for (int k = 0; k < count; k++) {
      form.add(rows[k], columns[k], values[k]);
    }
    return Qubo.of(form);
  }

  /// The energy sum of h s + sum of J s s, in dimod's sign.
  Problem spins() {
    IsingModel.Builder model = IsingModel.of(size);
    for (int k = 0; k < count; k++) {
      if (rows[k] == columns[k]) {
        model.field(rows[k], -values[k]);
      } else {
        model.couple(rows[k], columns[k], -values[k]);
      }
    }
    return new SpinGlass(model.build(), 0);
  }
}
