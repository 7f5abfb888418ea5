package org.pdnn.ising.learning;

import java.util.stream.Stream;

/// One side of the gradient: rows of visible bits, and the probabilities of the hidden bits that
/// they give. A row is an example or a chain.
final class Phase {
  final Ones[] visible;
  final float[][] hidden;

  /// By visible bit: the rows in which it is 1.
  private final Ones[] members;

  private final float[] zeros;
  private int rows;

  Phase(int rows, int visible, int hidden) {
    this.visible = Stream.generate(() -> new Ones(visible)).limit(rows).toArray(Ones[]::new);
    this.hidden = new float[rows][hidden];
    this.members = Stream.generate(() -> new Ones(rows)).limit(visible).toArray(Ones[]::new);
    this.zeros = new float[hidden];
  }

  /// Counts the first rows.
  void count(int rows) {
    this.rows = rows;
    for (Ones each : members) {
      each.clear();
    }
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < visible[row].count(); k++) {
        members[visible[row].get(k)].add(row);
      }
    }
  }

  /// Number of rows that were counted.
  int rows() {
    return rows;
  }

  /// The mean of a visible bit.
  float mean(int unit) {
    return (float) members[unit].count() / rows;
  }

  /// The sums over the rows of the products of a visible bit with each hidden one.
  void products(int unit, float[] sums) {
    Weights.sum(zeros, hidden, members[unit], sums);
  }

  /// The sums over the rows of the hidden bits.
  void sums(float[] sums) {
    Ones all = new Ones(rows);
    for (int row = 0; row < rows; row++) {
      all.add(row);
    }
    Weights.sum(zeros, hidden, all, sums);
  }
}
