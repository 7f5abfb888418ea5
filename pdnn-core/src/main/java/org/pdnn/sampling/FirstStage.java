package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.REAL_BLOCK;
import static org.pdnn.sampling.kernel.Kernel.REAL_POSITIONS;

import java.util.Arrays;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.Window;
import org.pdnn.sampling.kernel.Kernel;

/// The first layer, which reads real inputs: P(down) of its p-bits, once an input for all passes.
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

  /// Where windows read, by pixel behind the pool, then member of the pool.
  private final int[] places;

  FirstStage(IntegerLayer layer, InputGrid grid) {
    this.layer = layer;
    this.grid = grid;
    Window window = layer.window();
    this.rows = window.height() + 2 * window.padding();
    this.columns = window.width() + 2 * window.padding();
    this.taps = new int[window.fanIn()];
    int blocks = Math.ceilDiv(window.outputs(), REAL_BLOCK);
    this.weights = new float[blocks][taps.length * REAL_BLOCK];
    this.scales = new float[blocks * REAL_BLOCK];
    this.biases = new float[blocks * REAL_BLOCK];
    for (int c = 0; c < window.channels(); c++) {
      for (int ky = 0; ky < window.kernelHeight(); ky++) {
        for (int kx = 0; kx < window.kernelWidth(); kx++) {
          taps[window.weight(c, ky, kx)] = (c * rows + ky) * columns + kx;
        }
      }
    }
    for (int o = 0; o < window.outputs(); o++) {
      long greatest = 0;
      for (int tap = 0; tap < taps.length; tap++) {
        int code = layer.code(o, tap);
        greatest += (long) Math.abs(code) * InputGrid.MOST;
        weights[o / REAL_BLOCK][tap * REAL_BLOCK + o % REAL_BLOCK] = code;
      }
      if (greatest >= EXACT) {
        throw new IllegalArgumentException(
            "the first layer sums up to %,d, above the %,d that 32-bit numbers hold exactly; run the network in real numbers"
                .formatted(greatest, EXACT));
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
      places[i] = (y * columns + x) * window.stride();
    }
  }

  /// Channels with those that fill the last block.
  int channels() {
    return scales.length;
  }

  /// Pixels behind the pool.
  int pixels() {
    return layer.pooledRows() * layer.pooledColumns();
  }

  /// Elements of a row of [Scratch#run].
  int size() {
    return pixels() * channels();
  }

  /// Scratch memory of one thread.
  final class Scratch {
    private final int image = layer.window().channels() * rows * columns;
    private final boolean poolsBits = layer.firing().poolsBits() || members == 1;
    private final float[] values = new float[LANES * image];
    private final int[] positions = new int[REAL_POSITIONS];
    private final float[] preActivations = new float[REAL_POSITIONS * REAL_BLOCK];
    private final float[] down = new float[REAL_POSITIONS * REAL_BLOCK];

    /// What the pixels of a pool have come to: the product of P(down), or the greatest
    /// pre-activation. By lane, then output.
    private final float[] pooled = new float[LANES * REAL_BLOCK];

    /// P(down) of some inputs, a row each: by pixel, then channel.
    void run(Kernel kernel, float[][] inputs, float[][] targets) {
      for (int first = 0; first < inputs.length; first += LANES) {
        int count = Math.min(LANES, inputs.length - first);
        for (int i = 0; i < count; i++) {
          load(inputs[first + i], i * image);
        }
        for (int pixel = 0; pixel < pixels(); pixel++) {
          for (int block = 0; block < weights.length; block++) {
            window(kernel, block, pixel, count, targets, first);
          }
        }
      }
    }

    /// One window of all inputs.
    private void window(
        Kernel kernel, int block, int pixel, int count, float[][] targets, int first) {
      Arrays.fill(pooled, poolsBits ? 1 : Float.NEGATIVE_INFINITY);
      int total = count * members;
      for (int next = 0; next < total; next += REAL_POSITIONS) {
        for (int p = 0; p < REAL_POSITIONS; p++) {
          int i = Math.min(total - 1, next + p);
          positions[p] = i / members * image + places[pixel * members + i % members];
        }
        kernel.preActivate(
            values, taps, positions, weights[block], scales, biases, block, preActivations);
        if (poolsBits) {
          kernel.down(preActivations, down);
        }
        for (int p = 0; p < Math.min(REAL_POSITIONS, total - next); p++) {
          pool(kernel, (next + p) / members * REAL_BLOCK, p * REAL_BLOCK);
        }
      }
      if (!poolsBits) {
        for (int at = 0; at < pooled.length; at += down.length) {
          System.arraycopy(pooled, at, preActivations, 0, down.length);
          kernel.down(preActivations, down);
          System.arraycopy(down, 0, pooled, at, down.length);
        }
      }
      for (int i = 0; i < count; i++) {
        int to = pixel * channels() + block * REAL_BLOCK;
        System.arraycopy(pooled, i * REAL_BLOCK, targets[first + i], to, REAL_BLOCK);
      }
    }

    /// Adds a pixel to its pool.
    private void pool(Kernel kernel, int to, int from) {
      if (poolsBits) {
        kernel.multiply(pooled, to, down, from);
      } else {
        for (int o = 0; o < REAL_BLOCK; o++) {
          pooled[to + o] = Math.max(pooled[to + o], preActivations[from + o]);
        }
      }
    }

    private void load(float[] input, int to) {
      Window window = layer.window();
      int at = 0;
      for (int c = 0; c < window.channels(); c++) {
        for (int y = 0; y < window.height(); y++) {
          int line = to + (c * rows + y + window.padding()) * columns + window.padding();
          for (int x = 0; x < window.width(); x++) {
            values[line + x] = grid.quantise(input[at++]);
          }
        }
      }
    }
  }
}
