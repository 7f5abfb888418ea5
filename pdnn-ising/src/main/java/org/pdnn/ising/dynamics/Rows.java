package org.pdnn.ising.dynamics;

import org.pdnn.ising.IsingModel;
import org.pdnn.ising.Triples;

/// The couplings of a model by position in the order of updates: for each position its neighbours'
/// positions, and those of its triples, in the order in which the model has them.
final class Rows {
  /// The position of each spin.
  final int[] positions;

  /// Where each position's neighbours begin, and at last where they end.
  final int[] starts;

  final int[] neighbours;
  final double[] couplings;
  final double[] fields;

  /// Where each position's triples begin, and at last where they end.
  final int[] tripleStarts;

  final int[] seconds;
  final int[] thirds;
  final double[] tripleCouplings;

  Rows(IsingModel model, UpdateOrder order) {
    int size = model.size();
    positions = new int[size];
    for (int position = 0; position < size; position++) {
      positions[order.spin(position)] = position;
    }
    starts = new int[size + 1];
    neighbours = new int[2 * model.couplings()];
    couplings = new double[neighbours.length];
    fields = new double[size];
    Triples triples = model.triples();
    tripleStarts = new int[size + 1];
    seconds = new int[3 * triples.count()];
    thirds = new int[seconds.length];
    tripleCouplings = new double[seconds.length];
    int at = 0;
    int triple = 0;
    for (int position = 0; position < size; position++) {
      int spin = order.spin(position);
      fields[position] = model.field(spin);
      for (int k = 0; k < model.degree(spin); k++) {
        neighbours[at] = positions[model.neighbour(spin, k)];
        couplings[at++] = model.coupling(spin, k);
      }
      starts[position + 1] = at;
      for (int entry = triples.start(spin); entry < triples.start(spin + 1); entry++) {
        seconds[triple] = positions[triples.second(entry)];
        thirds[triple] = positions[triples.third(entry)];
        tripleCouplings[triple++] = triples.coupling(entry);
      }
      tripleStarts[position + 1] = triple;
    }
  }
}
