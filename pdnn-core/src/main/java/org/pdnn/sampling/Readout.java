package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import java.util.Arrays;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.network.LastHidden;

/// The last layer: logits from the bits of the last hidden layer, or from its expectations.
final class Readout {
  private final HiddenStage stage;
  private final IntegerLayer layer;
  private final boolean expects;
  private final int inputs;

  /// By group, input and lane; grown when a block needs more.
  private float[] expectations = new float[0];

  private final float[] logits = new float[LANES];

  /// @param last what the last hidden layer hands on
  Readout(HiddenStage stage, LastHidden last) {
    this.stage = stage;
    this.layer = stage.layer;
    this.expects = last == LastHidden.EXPECTATION;
    this.inputs = layer.field().fanIn();
  }

  /// The value of a logit for a sum.
  static double logit(IntegerLayer layer, int output, float sum) {
    return (double) sum * layer.scale(output) + layer.bias(output, 0);
  }

  /// Whether expectations are read, not bits.
  boolean expects() {
    return expects;
  }

  /// Makes room for the expectations of so many groups.
  void room(int groups) {
    int size = expects ? groups * inputs * LANES : 0;
    if (expectations.length < size) {
      expectations = new float[size];
    }
  }

  /// Takes the expectations of a block of p-bits at a pixel.
  ///
  /// @param from the layer that hands them on
  /// @param down a tile of P(down) at `downAt`
  void expect(IntegerLayer from, int chain, int block, int pixel, float[] down, int downAt) {
    int pixels = from.pooledRows() * from.pooledColumns();
    int outputs = Math.min(BLOCK, from.field().outputs() - block * BLOCK);
    for (int o = 0; o < outputs; o++) {
      int unit = (block * BLOCK + o) * pixels + pixel;
      int at = (chain * inputs + unit) * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        expectations[at + lane] = 1 - down[downAt + o * LANES + lane];
      }
    }
  }

  /// Computes the logits of all chains.
  ///
  /// @param bits of the last hidden layer, group by group
  /// @param outputs receives them by input, pass less `from`, and output
  void read(Lanes lanes, int from, int[] bits, Sums sums, double[][][] outputs) {
    int groups = lanes.families() * lanes.groups();
    for (int block = 0; block < stage.blocks; block++) {
      if (!expects) {
        sums.block(stage, block);
      }
      for (int first = 0; first < groups; first += Sums.MOST_POSITIONS) {
        int end = Math.min(groups, first + Sums.MOST_POSITIONS);
        int[] found = expects ? new int[0] : sums(first, end, block, bits, sums);
        for (int group = first; group < end; group++) {
          read(lanes, from, block, group, found, (group - first) * TILE / 2, outputs);
        }
      }
    }
  }

  private int[] sums(int first, int end, int block, int[] bits, Sums sums) {
    for (int group = first; group < end; group++) {
      sums.want(group * stage.plane.size() + stage.positions[0]);
    }
    return sums.at(stage, block, bits);
  }

  private void read(
      Lanes lanes, int from, int block, int group, int[] sums, int at, double[][][] outputs) {
    int last = Math.min(layer.field().outputs(), (block + 1) * BLOCK);
    for (int output = block * BLOCK; output < last; output++) {
      if (expects) {
        weigh(group, output);
      } else {
        unpack(sums, at, output);
      }
      store(lanes, group, output, from, outputs);
    }
  }

  private void unpack(int[] sums, int at, int output) {
    int offset = stage.weights.offset(output);
    for (int lane = 0; lane < LANES; lane++) {
      int pair = sums[at + output % BLOCK / 2 * LANES + lane];
      logits[lane] = (output % 2 == 0 ? pair & 0xFFFF : pair >>> 16) - offset;
    }
  }

  private void weigh(int group, int output) {
    Arrays.fill(logits, 0);
    for (int i = 0; i < inputs; i++) {
      float code = layer.code(output, i);
      int at = (group * inputs + i) * LANES;
      for (int lane = 0; lane < LANES; lane++) {
        logits[lane] = Math.fma(expectations[at + lane], code, logits[lane]);
      }
    }
  }

  private void store(Lanes lanes, int chain, int output, int from, double[][][] outputs) {
    int family = chain / lanes.groups();
    int group = chain % lanes.groups();
    for (int lane = 0; lane < LANES; lane++) {
      if (lanes.used(family, group, lane)) {
        double[][] ofInput = outputs[lanes.input(family, lane)];
        ofInput[lanes.sample(group, lane) - from][output] = logit(layer, output, logits[lane]);
      }
    }
  }
}
