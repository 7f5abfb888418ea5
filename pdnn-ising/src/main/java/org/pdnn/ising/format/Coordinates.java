package org.pdnn.ising.format;

import org.pdnn.ising.Entries;
import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Problem;
import org.pdnn.ising.QuadraticForm;
import org.pdnn.ising.Qubo;
import org.pdnn.ising.SpinGlass;

/// The entries of a matrix whose size is known at their end.
final class Coordinates {
  private final Entries entries = new Entries();
  private int size;

  /// Adds an entry; on the diagonal it is a linear term.
  void add(int row, int column, double value) {
    entries.add(row, column, value);
    size = Math.max(size, Math.max(row, column) + 1);
  }

  /// A form in bits, to be minimised.
  Problem bits() {
    QuadraticForm form = new QuadraticForm(size);
    for (int k = 0; k < entries.count(); k++) {
      form.add(entries.row(k), entries.column(k), entries.value(k));
    }
    return Qubo.of(form);
  }

  /// The energy sum of h s + sum of J s s, in dimod's sign.
  Problem spins() {
    IsingModel.Builder model = IsingModel.of(size);
    for (int k = 0; k < entries.count(); k++) {
      int row = entries.row(k);
      if (row == entries.column(k)) {
        model.field(row, -entries.value(k));
      } else {
        model.couple(row, entries.column(k), -entries.value(k));
      }
    }
    return new SpinGlass(model.build(), 0);
  }
}
