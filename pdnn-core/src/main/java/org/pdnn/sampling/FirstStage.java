package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.REAL_BLOCK;
import static org.pdnn.sampling.kernel.Kernel.REAL_POSITIONS;

import java.util.Locale;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.ReceptiveField;
import org.pdnn.sampling.kernel.Kernel;

/// The first layer, which reads real inputs: P(down) of its p-bits, once per input for all passes.
/// Immutable.
final class FirstStage {
  /// Integers below it are exact in 32-bit numbers, whatever their order of summation.
  private static final long EXACT = 1L << 24;

  private final IntegerLayer layer;
  private final InputGrid grid;

  /// The image with its border, channel by channel.
  private final int rows;

  private final int columns;
  private final int[] taps;

  /// By block of outputs, then tap.
  private final float[][] weights;

  private final float[] scales;
  private final float[] biases;

  /// Pixels of a pool.
  private final int members;

  /// Where windows read, by pixel after the pool, then member of the pool.
  private final int[] places;

  FirstStage(IntegerLayer layer, InputGrid grid) {
    this.layer = layer;
    this.grid = grid;
    ReceptiveField field = layer.field();
    this.rows = field.height() + 2 * field.padding();
    this.columns = field.width() + 2 * field.padding();
    this.taps = new int[field.fanIn()];
    int blocks = Math.ceilDiv(field.outputs(), REAL_BLOCK);
    this.weights = new float[blocks][taps.length * REAL_BLOCK];
    this.scales = new float[blocks * REAL_BLOCK];
    this.biases = new float[blocks * REAL_BLOCK];
    for (int c = 0; c < field.channels(); c++) {
      for (int ky = 0; ky < field.kernelHeight(); ky++) {
        for (int kx = 0; kx < field.kernelWidth(); kx++) {
          taps[field.weight(c, ky, kx)] = (c * rows + ky) * columns + kx;
        }
      }
    }
    for (int o = 0; o < field.outputs(); o++) {
      long greatest = 0;
      for (int tap = 0; tap < taps.length; tap++) {
        int code = layer.code(o, tap);
        greatest += (long) Math.abs(code) * InputGrid.MOST;
        weights[o / REAL_BLOCK][tap * REAL_BLOCK + o % REAL_BLOCK] = code;
      }
      if (greatest >= EXACT) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "the first layer sums up to %,d, above the %,d that 32-bit numbers hold exactly;"
                    + " run the network in real numbers",
                greatest,
                EXACT));
      }
      scales[o] = layer.scale(o);
      biases[o] = layer.bias(o, 0);
    }
    int pool = layer.firing().pool();
    this.members = pool * pool;
    this.places = new int[pixels() * members];
    for (int i = 0; i < places.length; i++) {
      int pixel = i / members;
      int y = pixel / layer.pooledColumns() * pool + i % members / pool;
      int x = pixel % layer.pooledColumns() * pool + i % pool;
      places[i] = (y * columns + x) * field.stride();
    }
  }

  /// Channels with those that fill the last block.
  int channels() {
    return scales.length;
  }

  IntegerLayer layer() {
    return layer;
  }

  /// Pixels after the pool.
  int pixels() {
    return layer.pooledRows() * layer.pooledColumns();
  }

  /// Elements of a row of [Scratch#run].
  int size() {
    return pixels() * channels();
  }

  /// Scratch memory of one thread.
  final class Scratch {
    private final int image = layer.field().channels() * rows * columns;
    private final float[] values = new float[LANES * image];

    /// Places of one pixel's pool in all inputs, and what the kernels make of them: a row for each
    /// place, then a row for each input.
    private final int[] positions =
        new int[Math.ceilDiv(LANES * members, REAL_POSITIONS) * REAL_POSITIONS];

    private final float[] results = new float[positions.length * REAL_BLOCK];

    /// P(down) of some inputs, a row each: by pixel, then channel.
    void run(Kernel kernel, float[][] inputs, float[][] targets) {
      for (int first = 0; first < inputs.length; first += LANES) {
        int count = Math.min(LANES, inputs.length - first);
        for (int i = 0; i < count; i++) {
          load(inputs[first + i], i * image);
        }
        for (int pixel = 0; pixel < pixels(); pixel++) {
          for (int i = 0; i < count; i++) {
            for (int member = 0; member < members; member++) {
              positions[i * members + member] = i * image + places[pixel * members + member];
            }
          }
          for (int block = 0; block < weights.length; block++) {
            pool(kernel, block, count);
            int to = pixel * channels() + block * REAL_BLOCK;
            for (int i = 0; i < count; i++) {
              System.arraycopy(results, i * REAL_BLOCK, targets[first + i], to, REAL_BLOCK);
            }
          }
        }
      }
    }

    /// P(down) of a block of outputs at one pixel, a row for each input.
    private void pool(Kernel kernel, int block, int count) {
      int used = Math.ceilDiv(count * members, REAL_POSITIONS) * REAL_POSITIONS;
      kernel.preActivate(
          values, taps, positions, used, weights[block], scales, biases, block, results);
      if (!layer.firing().poolsBits()) {
        greatest(count);
        kernel.down(layer.firing().curve(), results, count * REAL_BLOCK);
        return;
      }
      kernel.down(layer.firing().curve(), results, count * members * REAL_BLOCK);
      if (members > 1) {
        kernel.multiply(results, members, count);
      }
    }

    /// The greatest pre-activation of each pool.
    private void greatest(int count) {
      for (int i = 0; i < count * REAL_BLOCK; i++) {
        int from = i / REAL_BLOCK * members * REAL_BLOCK + i % REAL_BLOCK;
        float greatest = results[from];
        for (int member = 1; member < members; member++) {
          greatest = Math.max(greatest, results[from + member * REAL_BLOCK]);
        }
        results[i] = greatest;
      }
    }

    private void load(float[] input, int to) {
      ReceptiveField field = layer.field();
      int at = 0;
      for (int c = 0; c < field.channels(); c++) {
        for (int y = 0; y < field.height(); y++) {
          int line = to + (c * rows + y + field.padding()) * columns + field.padding();
          for (int x = 0; x < field.width(); x++) {
            values[line + x] = grid.quantise(input[at++]);
          }
        }
      }
    }
  }
}
