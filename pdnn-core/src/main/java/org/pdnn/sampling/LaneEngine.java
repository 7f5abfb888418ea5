package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import java.util.List;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.kernel.Kernel;

/// Takes chains from the first layer's probabilities to the logits: sixteen of them, each a pass of
/// an input, in the lanes of vectors.
final class LaneEngine {
  private final Kernel kernel;
  private final FirstStage first;

  /// The layers that read bits; the last one gives the logits.
  private final List<HiddenStage> stages;

  private final LaneWords draws;

  /// What each stage reads, group by group; grown when a block needs more.
  private final int[][] bits;

  /// P(down) of the first layer, and addresses, of the inputs in work.
  private final float[][] rows = new float[IntegerSampler.MOST_INPUTS][];

  private final long[] addresses = new long[IntegerSampler.MOST_INPUTS];
  private final float[] tiles = new float[LaneWords.PIXELS * TILE];

  private final Sums sums;
  private final Readout readout;
  private final int[] biasSteps;
  private final float[] down = new float[TILE];

  LaneEngine(Kernel kernel, FirstStage first, List<HiddenStage> stages, Run run) {
    this.kernel = kernel;
    this.first = first;
    this.stages = stages;
    this.draws = new LaneWords(kernel, run);
    this.bits = new int[stages.size()][0];
    this.sums = new Sums(kernel, stages);
    this.readout = new Readout(stages.getLast(), run.last());
    this.biasSteps = new int[stages.stream().mapToInt(stage -> stage.members).max().orElse(1)];
  }

  /// Turns to an input.
  ///
  /// @param place its number among those in work
  /// @param row P(down) of the first layer's p-bits
  void input(int place, float[] row, long address) {
    rows[place] = row;
    addresses[place] = address;
  }

  /// Runs the passes of some lanes and reads out their logits.
  ///
  /// @param from the first pass of `outputs`
  void run(Lanes lanes, RandomWords words, int from, double[][][] outputs) {
    int groups = lanes.families() * lanes.groups();
    draws.groups(lanes);
    for (int stage = 0; stage < stages.size(); stage++) {
      bits[stage] = room(bits[stage], groups * stages.get(stage).plane.size());
    }
    readout.room(groups);
    fireFirst(lanes, words);
    for (int stage = 0; stage < stages.size() - 1; stage++) {
      fire(stages.get(stage), stage, lanes, words);
    }
    readout.read(lanes, from, bits[stages.size() - 1], sums, outputs);
  }

  private void fireFirst(Lanes lanes, RandomWords words) {
    IntegerLayer layer = first.layer();
    int pixels = first.pixels();
    int blocks = Math.ceilDiv(layer.field().outputs(), BLOCK);
    for (int family = 0; family < lanes.families(); family++) {
      draws.family(words, addresses, lanes, family);
      for (int block = 0; block < blocks; block++) {
        for (int quad = 0; quad * LaneWords.PIXELS < pixels; quad++) {
          draws.units(layer.firing().layer(), pixels, block, quad);
          int last = Math.min(pixels, (quad + 1) * LaneWords.PIXELS);
          for (int pixel = quad * LaneWords.PIXELS; pixel < last; pixel++) {
            gather(lanes, family, pixel * first.channels() + block * BLOCK, pixel);
          }
          for (int group = 0; group < lanes.groups(); group++) {
            for (int pixel = quad * LaneWords.PIXELS; pixel < last; pixel++) {
              int at = pixel % LaneWords.PIXELS * TILE;
              hand(layer, 0, family * lanes.groups() + group, group, block, pixel, tiles, at);
            }
          }
        }
      }
    }
  }

  /// Lays the first layer's P(down) of a family in lanes.
  private void gather(Lanes lanes, int family, int from, int pixel) {
    int tile = pixel % LaneWords.PIXELS * TILE;
    for (int lane = 0; lane < LANES; lane++) {
      float[] row = rows[lanes.input(family, lane)];
      for (int o = 0; o < BLOCK; o++) {
        tiles[tile + o * LANES + lane] = row[from + o];
      }
    }
  }

  private void fire(HiddenStage stage, int number, Lanes lanes, RandomWords words) {
    for (int block = 0; block < stage.blocks; block++) {
      sums.block(stage, block);
      for (int quad = 0; quad * LaneWords.PIXELS < stage.pixels(); quad++) {
        fire(stage, number, lanes, words, block, quad);
      }
    }
  }

  /// Fires a block of p-bits at up to four pixels, in all groups.
  private void fire(
      HiddenStage stage, int number, Lanes lanes, RandomWords words, int block, int quad) {
    int first = quad * LaneWords.PIXELS;
    int pixels = Math.min(LaneWords.PIXELS, stage.pixels() - first);
    int jobs = lanes.families() * lanes.groups() * pixels;
    int together = Math.max(1, Sums.MOST_POSITIONS / stage.members);
    int family = -1;
    for (int from = 0; from < jobs; from += together) {
      int to = Math.min(jobs, from + together);
      for (int job = from; job < to; job++) {
        int base = job / pixels * stage.plane.size();
        int place = (first + job % pixels) * stage.members;
        for (int member = 0; member < stage.members; member++) {
          sums.want(base + stage.positions[place + member]);
        }
      }
      int[] found = sums.at(stage, block, bits[number]);
      for (int job = from; job < to; job++) {
        int chain = job / pixels;
        int pixel = first + job % pixels;
        if (family != chain / lanes.groups()) {
          family = chain / lanes.groups();
          draws.family(words, addresses, lanes, family);
          draws.units(stage.layer.firing().layer(), stage.pixels(), block, quad);
        }
        System.arraycopy(stage.biasPlaces, pixel * stage.members, biasSteps, 0, stage.members);
        kernel.down(
            stage.layer.firing().curve(),
            found,
            (job - from) * stage.members * (TILE / 2),
            stage.members,
            stage.layer.firing().poolsBits() || stage.members == 1,
            stage.scales,
            block * BLOCK,
            stage.biases,
            block * BLOCK,
            biasSteps,
            down);
        hand(stage.layer, number + 1, chain, chain % lanes.groups(), block, pixel, down, 0);
      }
    }
  }

  /// Hands a block of p-bits on to a stage, as bits or as expectations.
  private void hand(
      IntegerLayer layer,
      int to,
      int chain,
      int group,
      int block,
      int pixel,
      float[] down,
      int downAt) {
    if (to == stages.size() - 1 && readout.expects()) {
      readout.expect(layer, chain, block, pixel, down, downAt);
      return;
    }
    int[] words = draws.words(group, pixel % LaneWords.PIXELS);
    Plane plane = stages.get(to).plane;
    boolean image = plane.rows() > 1 || plane.columns() > 1;
    int row = image ? pixel / layer.pooledColumns() : 0;
    int column = image ? pixel % layer.pooledColumns() : 0;
    int at = chain * plane.size() + plane.at(row, column) + block / 2 * LANES;
    kernel.fire(down, downAt, words, 0, bits[to], at, block % 2 == 1);
  }

  private static int[] room(int[] present, int size) {
    return present.length >= size ? present : new int[size];
  }
}
