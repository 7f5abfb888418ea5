package org.pdnn.sampling.kernel;

import org.pdnn.integer.Probability;
import org.pdnn.integer.ProbabilityCurve;
import org.pdnn.random.Philox;
import org.pdnn.random.Scheme;

/// Plain Java, for machines without the vector module, and what the other kernels are compared
/// with.
final class ScalarKernel implements Kernel {
  private static final int LOW_BYTES = 0x00FF00FF;

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void expand(PackedWeights weights, int block, int[] tables) {
    int from = block * weights.blockSize();
    for (int i = 0; i < weights.tableSize(); i++) {
      int table = from + i / PackedWeights.ENTRIES * PackedWeights.INDEX;
      tables[i] = 0;
      for (int bit = 0; bit < PackedWeights.INDEX; bit++) {
        tables[i] += weights.packed()[table + bit] * (i >> bit & 1);
      }
    }
  }

  @Override
  public void sums(
      PackedWeights weights,
      int block,
      int[] tables,
      int[] bits,
      int[] positions,
      int count,
      int[] sums) {
    for (int i = 0; i < count * LANES; i++) {
      int position = i / LANES;
      int lane = i % LANES;
      lane(
          weights,
          block,
          tables,
          bits,
          positions[position] + lane,
          sums,
          position * TILE / 2 + lane);
    }
  }

  private static void lane(
      PackedWeights weights, int block, int[] tables, int[] bits, int at, int[] sums, int to) {
    int[] taps = weights.taps();
    int[] ends = weights.ends(block);
    int[] bases = weights.bases(block);
    int half = weights.tableSize() / 2;
    for (int row = 0; row < PackedWeights.ROWS; row++) {
      int low = 0;
      int high = 0;
      int from = 0;
      for (int segment = 0; segment < ends.length; segment++) {
        int base = segment * PackedWeights.ROWS + row;
        int sum = bases[base] + lookUp(tables, 0, row, taps, from, ends[segment], bits, at);
        if (weights.bytes()) {
          low += sum & LOW_BYTES;
          high += sum >>> 8 & LOW_BYTES;
        } else {
          low += sum;
          high += bases[ends.length * PackedWeights.ROWS + base];
          high += lookUp(tables, half, row, taps, from, ends[segment], bits, at);
        }
        from = ends[segment];
      }
      int pair = weights.bytes() ? 2 * row : row;
      sums[to + pair * LANES] = low;
      sums[to + (weights.bytes() ? pair + 1 : pair + PackedWeights.ROWS) * LANES] = high;
    }
  }

  /// The sum of what the words from `from` to `to` find in one row of tables.
  private static int lookUp(
      int[] tables, int first, int row, int[] taps, int from, int to, int[] bits, int at) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      int word = bits[at + taps[i]];
      for (int table = i * PackedWeights.TABLES; table < (i + 1) * PackedWeights.TABLES; table++) {
        int index = word & (PackedWeights.ENTRIES - 1);
        sum += tables[first + (table * PackedWeights.ROWS + row) * PackedWeights.ENTRIES + index];
        word >>>= PackedWeights.INDEX;
      }
    }
    return sum;
  }

  @Override
  public void down(
      ProbabilityCurve curve,
      int[] sums,
      int sumsAt,
      int pixels,
      boolean poolsBits,
      float[] scales,
      int scaleAt,
      float[] biases,
      int biasAt,
      int[] biasSteps,
      float[] down) {
    if (!poolsBits) {
      greatest(sums, sumsAt, pixels, scales, scaleAt, biases, biasAt, biasSteps, down);
      down(curve, down, TILE);
      return;
    }
    for (int unit = 0; unit < BLOCK; unit++) {
      for (int lane = 0; lane < LANES; lane++) {
        float product = 1;
        for (int pixel = 0; pixel < pixels; pixel++) {
          int sum = sum(sums, sumsAt + pixel * TILE / 2, unit, lane);
          float bias = biases[biasAt + biasSteps[pixel] + unit];
          product *= curve.down(Math.fma((float) sum, scales[scaleAt + unit], bias));
        }
        down[unit * LANES + lane] = product;
      }
    }
  }

  private static void greatest(
      int[] sums,
      int sumsAt,
      int pixels,
      float[] scales,
      int scaleAt,
      float[] biases,
      int biasAt,
      int[] biasSteps,
      float[] preActivations) {
    for (int unit = 0; unit < BLOCK; unit++) {
      for (int lane = 0; lane < LANES; lane++) {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int pixel = 0; pixel < pixels; pixel++) {
          int sum = sum(sums, sumsAt + pixel * TILE / 2, unit, lane);
          float bias = biases[biasAt + biasSteps[pixel] + unit];
          greatest = Math.max(greatest, Math.fma((float) sum, scales[scaleAt + unit], bias));
        }
        preActivations[unit * LANES + lane] = greatest;
      }
    }
  }

  /// The sum of a unit in a half tile of pairs.
  private static int sum(int[] sums, int at, int unit, int lane) {
    int pair = sums[at + unit / 2 * LANES + lane];
    return unit % 2 == 0 ? pair & 0xFFFF : pair >>> 16;
  }

  @Override
  public void fire(
      float[] down, int downAt, int[] words, int wordsAt, int[] bits, int bitsAt, boolean upper) {
    for (int lane = 0; lane < LANES; lane++) {
      int fired = 0;
      for (int unit = 0; unit < BLOCK; unit++) {
        int element = unit * LANES + lane;
        float draw = Probability.draw(words[wordsAt + element]);
        if (draw < Probability.threshold(down[downAt + element])) {
          fired |= 1 << unit;
        }
      }
      int at = bitsAt + lane;
      bits[at] = upper ? (bits[at] & 0xFFFF) | (fired << BLOCK) : fired;
    }
  }

  @Override
  public void philox(
      int key0, int key1, int quad, int[] counters, int[] words, int at, int stride) {
    int[] block = new int[4];
    for (int lane = 0; lane < LANES; lane++) {
      block[0] = quad;
      for (int word = 1; word < 4; word++) {
        block[word] = counters[(word - 1) * LANES + lane];
      }
      Philox.encrypt(key0, key1, block);
      for (int word = 0; word < 4; word++) {
        words[at + word * stride + lane] = block[word];
      }
    }
  }

  @Override
  public void scramble(int[] shifts, int[] coins, int from, int units, int[] passes, int[] words) {
    for (int i = 0; i < units * LANES; i++) {
      words[i] = Scheme.scrambled(shifts[from + i], coins[from + i], passes[i % LANES]);
    }
  }

  @Override
  public void preActivate(
      float[] values,
      int[] taps,
      int[] positions,
      int count,
      float[] weights,
      float[] scales,
      float[] biases,
      int block,
      float[] preActivations) {
    for (int p = 0; p < count; p++) {
      for (int o = 0; o < REAL_BLOCK; o++) {
        float sum = 0;
        for (int tap = 0; tap < taps.length; tap++) {
          sum += values[positions[p] + taps[tap]] * weights[tap * REAL_BLOCK + o];
        }
        int output = block * REAL_BLOCK + o;
        preActivations[p * REAL_BLOCK + o] = Math.fma(sum, scales[output], biases[output]);
      }
    }
  }

  @Override
  public void down(ProbabilityCurve curve, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = curve.down(values[i]);
    }
  }
}
