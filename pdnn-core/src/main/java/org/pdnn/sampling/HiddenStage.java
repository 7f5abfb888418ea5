package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;

import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.ReceptiveField;
import org.pdnn.sampling.kernel.PackedWeights;

/// A layer that reads bits, prepared for the kernels: its weights packed, and scales and biases in
/// blocks of outputs. Immutable; threads share it.
final class HiddenStage {
  final IntegerLayer layer;
  final Plane plane;
  final PackedWeights weights;
  final int blocks;

  /// Pixels of a pool.
  final int members;

  final float[] scales;

  /// By pixel if the layer says so, then output; what the kernels' sums are too large by is taken
  /// off.
  final float[] biases;

  /// By pixel after the pool, then member of the pool: where the field begins to read in a group's
  /// plane, and where the bias lies.
  final int[] positions;

  final int[] biasPlaces;

  HiddenStage(IntegerLayer layer) {
    this.layer = layer;
    ReceptiveField field = layer.field();
    this.plane = Plane.of(field);
    this.weights = new PackedWeights(plane.weights(layer), plane.taps(field));
    this.blocks = weights.blocks();
    this.members = layer.firing().pool() * layer.firing().pool();
    this.scales = new float[blocks * BLOCK];
    int pixels = layer.biasByPixel() ? field.rows() * field.columns() : 1;
    this.biases = new float[pixels * scales.length];
    for (int o = 0; o < field.outputs(); o++) {
      scales[o] = layer.scale(o);
      for (int pixel = 0; pixel < pixels; pixel++) {
        double bias = layer.bias(o, pixel) - (double) scales[o] * weights.offset(o);
        biases[pixel * scales.length + o] = (float) bias;
      }
    }
    this.positions = new int[pixels() * members];
    this.biasPlaces = new int[positions.length];
    for (int i = 0; i < positions.length; i++) {
      int pixel = pixel(i / members, i % members);
      positions[i] = position(pixel);
      biasPlaces[i] = layer.biasByPixel() ? pixel * scales.length : 0;
    }
  }

  /// Pixels after the pool.
  int pixels() {
    return layer.pooledRows() * layer.pooledColumns();
  }

  /// The pixel before the pool: a member of a pool.
  private int pixel(int pooled, int member) {
    int pool = layer.firing().pool();
    int row = pooled / layer.pooledColumns() * pool + member / pool;
    int column = pooled % layer.pooledColumns() * pool + member % pool;
    return row * layer.field().columns() + column;
  }

  private int position(int pixel) {
    ReceptiveField field = layer.field();
    int row = pixel / field.columns() * field.stride() - field.padding();
    int column = pixel % field.columns() * field.stride() - field.padding();
    return plane.at(row, column);
  }
}
