package org.pdnn.ising.learning;

import java.util.stream.Stream;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

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

  /// The visible bits of all rows.
  Tensor bits() {
    float[] bits = new float[visible.length * members.length];
    for (int row = 0; row < visible.length; row++) {
      System.arraycopy(visible[row].toArray(), 0, bits, row * members.length, members.length);
    }
    return new Tensor(Shape.of(visible.length, members.length), bits);
  }

  /// Takes the bits of all rows back.
  void restore(Tensor bits) {
    if (!bits.shape().equals(Shape.of(visible.length, members.length))) {
      throw new IllegalArgumentException(
          "%s chains of %s bits cannot go on from %s"
              .formatted(visible.length, members.length, bits.shape()));
    }
    for (int at = 0; at < bits.size(); at++) {
      if (bits.get(at) != 0) {
        visible[at / members.length].add(at % members.length);
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
