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
  }

  /// Channels with those that fill the last block.
  int channels() {
    return scales.length;
  }

  /// Pixels behind the pool.
  int pixels() {
    return layer.pooledRows() * layer.pooledColumns();
  }

  /// Elements of [Scratch#run]'s answer for one family of lanes.
  int size() {
    return pixels() * channels() * LANES;
  }

  /// Scratch memory of one thread.
  final class Scratch {
    private final int image = layer.window().channels() * rows * columns;
    private final int pool = layer.firing().pool();
    private final float[] values = new float[REAL_POSITIONS * image];
    private final int[] positions = new int[REAL_POSITIONS];
    private final float[] sums = new float[REAL_POSITIONS * REAL_BLOCK];
    private final float[] preActivations = new float[REAL_BLOCK];
    private final float[] down = new float[REAL_BLOCK];

    /// What the pixels of a pool have come to: the product of P(down), or the greatest
    /// pre-activation.
    private final float[] pooled = new float[REAL_BLOCK];

    /// P(down) of all inputs of a block: by family, pixel, channel and lane.
    void run(Kernel kernel, float[][] inputs, Lanes lanes, float[] target) {
      for (int first = 0; first < inputs.length; first += REAL_POSITIONS) {
        int count = Math.min(REAL_POSITIONS, inputs.length - first);
        for (int i = 0; i < count; i++) {
          load(inputs[first + i], i * image);
        }
        for (int block = 0; block < weights.length; block++) {
          block(kernel, block, first, count, lanes, target);
        }
      }
    }

    private void block(
        Kernel kernel, int block, int first, int count, Lanes lanes, float[] target) {
      int members = pool * pool;
      int total = count * pixels() * members;
      boolean poolsBits = layer.firing().poolsBits() || pool == 1;
      for (int next = 0; next < total; next += REAL_POSITIONS) {
        for (int p = 0; p < REAL_POSITIONS; p++) {
          positions[p] = position(Math.min(total - 1, next + p));
        }
        kernel.multiply(values, taps, positions, weights[block], sums);
        for (int i = next; i < Math.min(total, next + REAL_POSITIONS); i++) {
          if (i % members == 0) {
            Arrays.fill(pooled, poolsBits ? 1 : Float.NEGATIVE_INFINITY);
          }
          preActivate(block, (i - next) * REAL_BLOCK);
          if (poolsBits) {
            kernel.downRow(preActivations, down);
          }
          for (int o = 0; o < REAL_BLOCK; o++) {
            pooled[o] = poolsBits ? pooled[o] * down[o] : Math.max(pooled[o], preActivations[o]);
          }
          if (i % members == members - 1) {
            if (!poolsBits) {
              System.arraycopy(pooled, 0, preActivations, 0, REAL_BLOCK);
              kernel.downRow(preActivations, pooled);
            }
            store(block, first + i / members / pixels(), i / members % pixels(), lanes, target);
          }
        }
      }
    }

    private void preActivate(int block, int sum) {
      for (int o = 0; o < REAL_BLOCK; o++) {
        int output = block * REAL_BLOCK + o;
        preActivations[o] = Math.fma(sums[sum + o], scales[output], biases[output]);
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

    /// Where the i-th window reads: by input, then pool, then pixel of the pool.
    private int position(int i) {
      int member = i % (pool * pool);
      int pixel = i / (pool * pool) % pixels();
      int y = pixel / layer.pooledColumns() * pool + member / pool;
      int x = pixel % layer.pooledColumns() * pool + member % pool;
      int input = i / (pool * pool) / pixels();
      return input * image + (y * columns + x) * layer.window().stride();
    }

    private void store(int block, int input, int pixel, Lanes lanes, float[] target) {
      int family = lanes.byInput() ? input / LANES : input;
      int from = lanes.byInput() ? input % LANES : 0;
      int to = lanes.byInput() ? from + 1 : LANES;
      int tile = family * size() + (pixel * channels() + block * REAL_BLOCK) * LANES;
      for (int o = 0; o < REAL_BLOCK; o++) {
        for (int lane = from; lane < to; lane++) {
          target[tile + o * LANES + lane] = pooled[o];
        }
      }
    }
  }
}
