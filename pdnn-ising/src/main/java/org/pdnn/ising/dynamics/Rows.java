package org.pdnn.ising.dynamics;

import org.pdnn.ising.IsingModel;

/// The couplings of a model by position in the order of updates: for each position its neighbours'
/// positions, in the order in which the model has them.
final class Rows {
  /// Where each position's neighbours begin, and at last where they end.
  final int[] starts;

  final int[] neighbours;
  final double[] couplings;
  final double[] fields;

  private Rows(int[] starts, int[] neighbours, double[] couplings, double[] fields) {
    this.starts = starts;
    this.neighbours = neighbours;
    this.couplings = couplings;
    this.fields = fields;
  }

  static Rows of(IsingModel model, UpdateOrder order) {
    int size = model.size();
    int[] positions = new int[size];
    for (int position = 0; position < size; position++) {
      positions[order.spin(position)] = position;
    }
    int[] starts = new int[size + 1];
    int[] neighbours = new int[2 * model.couplings()];
    double[] couplings = new double[neighbours.length];
    double[] fields = new double[size];
    int at = 0;
    for (int position = 0; position < size; position++) {
      int spin = order.spin(position);
      fields[position] = model.field(spin);
      for (int k = 0; k < model.degree(spin); k++) {
        neighbours[at] = positions[model.neighbour(spin, k)];
        couplings[at++] = model.coupling(spin, k);
      }
      starts[position + 1] = at;
    }
    return new Rows(starts, neighbours, couplings, fields);
  }
}
