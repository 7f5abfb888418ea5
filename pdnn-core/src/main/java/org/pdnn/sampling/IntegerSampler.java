package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.BLOCK;
import static org.pdnn.sampling.kernel.Kernel.LANES;
import static org.pdnn.sampling.kernel.Kernel.TILE;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pdnn.integer.IntegerLayer;
import org.pdnn.integer.IntegerNetwork;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.kernel.Kernel;
import org.pdnn.sampling.kernel.Kernels;

/// The sampled inference engine: all T passes of a block of inputs through a network in integers,
/// equal to [IntegerReference] bit for bit.
///
/// Sixteen chains, each a pass of an input, go through the network in the lanes of vectors. The
/// tables of sixteen outputs are read once for all passes of a block of up to 64 inputs; the first
/// layer is computed once per input; random words are drawn once for all passes that share them.
/// Memory: a byte a weight (two for weights of 8 bits), shared by samplers made by [#fork]; and for
/// each sampler the tables of sixteen outputs, 64 bytes per input (128), a bit for each value of
/// each layer of up to 1,024 chains, and four bytes for each neuron of the first layer of up to 64
/// inputs.
public final class IntegerSampler implements Sampler {
  /// Inputs that go through the network together.
  public static final int MOST_INPUTS = 64;

  /// Groups of sixteen chains that do.
  private static final int MOST_GROUPS = 64;

  private final IntegerNetwork network;
  private final Run run;
  private final Kernel kernel;
  private final FirstStage first;

  /// The layers that read bits; the last one gives the logits.
  private final List<HiddenStage> stages;

  private final FirstStage.Scratch firstScratch;
  private final LaneWords draws;

  /// What each stage reads, group by group; grown when a block needs more.
  private final int[][] bits;

  /// P(down) of the first layer by input of the block, and those of the inputs in work.
  private final float[][] firstRows = new float[MOST_INPUTS][0];

  private final float[][] rows = new float[MOST_INPUTS][];
  private final long[] addresses = new long[MOST_INPUTS];
  private final float[] tiles = new float[LaneWords.PIXELS * TILE];

  private final Sums sums;
  private final Readout readout;
  private final int[] biasSteps;
  private final float[] down = new float[TILE];

  /// An engine with the fastest kernel of this machine.
  ///
  /// @throws IllegalArgumentException if the run averages layer by layer, or the network has sums
  ///   that do not fit
  public IntegerSampler(IntegerNetwork network, Run run) {
    this(network, run, Kernels.chosen());
  }

  IntegerSampler(IntegerNetwork network, Run run, Kernel kernel) {
    this(
        network,
        supported(run),
        kernel,
        new FirstStage(network.hidden().getFirst(), network.grid()),
        Stream.concat(network.hidden().stream().skip(1), Stream.of(network.output()))
            .map(HiddenStage::new)
            .toList());
  }

  private IntegerSampler(
      IntegerNetwork network, Run run, Kernel kernel, FirstStage first, List<HiddenStage> stages) {
    this.network = network;
    this.run = run;
    this.kernel = kernel;
    this.first = first;
    this.stages = stages;
    this.firstScratch = first.new Scratch();
    this.draws = new LaneWords(kernel, run);
    this.bits = new int[stages.size()][0];
    this.sums = new Sums(kernel, stages);
    this.readout = new Readout(stages.getLast(), run.last());
    this.biasSteps = new int[stages.stream().mapToInt(stage -> stage.members).max().orElse(1)];
  }

  /// The run, if its passes are averaged at the end of the model.
  static Run supported(Run run) {
    if (run.averaging() != Averaging.END) {
      throw new IllegalArgumentException("averaging layer by layer has no integer form");
    }
    return run;
  }

  /// Always, as networks in integers have p-bits.
  @Override
  public boolean random() {
    return true;
  }

  /// Another sampler of the same network and run for another thread, sharing the tables.
  @Override
  public IntegerSampler fork() {
    return new IntegerSampler(network, run, kernel, first, stages);
  }

  /// The same network with another run, sharing the tables.
  public IntegerSampler fork(Run other) {
    return new IntegerSampler(network, supported(other), kernel, first, stages);
  }

  @Override
  public double[][] passes(float[] input, long index, RandomWords words) {
    return passes(new float[][] {input}, index, words)[0];
  }

  @Override
  public double[][][] passes(float[][] inputs, long[] inputAddresses, RandomWords words) {
    double[][][] outputs = new double[inputs.length][][];
    for (int at = 0; at < inputs.length; at += MOST_INPUTS) {
      int end = Math.min(inputs.length, at + MOST_INPUTS);
      BlockPasses block =
          begin(
              Arrays.copyOfRange(inputs, at, end),
              Arrays.copyOfRange(inputAddresses, at, end),
              words);
      int[] all = IntStream.range(0, end - at).toArray();
      System.arraycopy(block.range(all, 0, run.samples()), 0, outputs, at, end - at);
    }
    return outputs;
  }

  @Override
  public Passes begin(float[] input, long index, RandomWords words) {
    BlockPasses block = begin(new float[][] {input}, new long[] {index}, words);
    int[] only = {0};
    return (from, to) -> block.range(only, from, to)[0];
  }

  /// Begins the passes of a block of at most [#MOST_INPUTS] inputs, to be had piece by piece. Valid
  /// until the sampler is used again.
  ///
  /// @param inputAddresses by input, for the random words
  public BlockPasses begin(float[][] inputs, long[] inputAddresses, RandomWords words) {
    long[] kept = inputAddresses.clone();
    if (inputs.length > MOST_INPUTS) {
      throw new IllegalArgumentException(
          "a block has at most %s inputs, got %s".formatted(MOST_INPUTS, inputs.length));
    }
    for (int i = 0; i < inputs.length; i++) {
      if (firstRows[i].length == 0) {
        firstRows[i] = new float[first.size()];
      }
    }
    firstScratch.run(kernel, inputs, firstRows);
    return (which, from, to) -> {
      for (int input : which) {
        Objects.checkIndex(input, inputs.length);
      }
      if (from < 0 || to <= from || to > run.samples()) {
        throw new IllegalArgumentException(
            "passes are from 0 to at most %s, got %s to %s".formatted(run.samples(), from, to));
      }
      return range(which, kept, words, from, to);
    };
  }

  private double[][][] range(
      int[] which, long[] inputAddresses, RandomWords words, int from, int to) {
    double[][][] outputs = new double[which.length][to - from][network.outputs()];
    if (which.length == 0) {
      return outputs;
    }
    for (int i = 0; i < which.length; i++) {
      rows[i] = firstRows[which[i]];
      addresses[i] = inputAddresses[which[i]];
    }
    Lanes whole = Lanes.of(which.length, from, to);
    int families = Math.min(MOST_GROUPS, whole.families());
    int step = MOST_GROUPS / families * (whole.byInput() ? 1 : LANES);
    for (int sample = from; sample < to; sample += step) {
      int end = Math.min(to, sample + step);
      Lanes lanes = new Lanes(which.length, sample, end, whole.byInput());
      run(lanes, words);
      readout.read(lanes, from, bits[stages.size() - 1], sums, outputs);
    }
    return outputs;
  }

  private void run(Lanes lanes, RandomWords words) {
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
  }

  private void fireFirst(Lanes lanes, RandomWords words) {
    IntegerLayer layer = network.hidden().getFirst();
    int pixels = first.pixels();
    int blocks = Math.ceilDiv(layer.window().outputs(), BLOCK);
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
