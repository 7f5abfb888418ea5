package org.pdnn.sampling;

import static org.pdnn.sampling.kernel.Kernel.LANES;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
  private final LaneEngine engine;

  /// P(down) of the first layer by input of the block.
  private final float[][] firstRows = new float[MOST_INPUTS][0];

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
    this.engine = new LaneEngine(kernel, first, stages, run);
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
      engine.input(i, firstRows[which[i]], inputAddresses[which[i]]);
    }
    Lanes whole = Lanes.of(which.length, from, to);
    int families = Math.min(MOST_GROUPS, whole.families());
    int step = MOST_GROUPS / families * (whole.byInput() ? 1 : LANES);
    for (int sample = from; sample < to; sample += step) {
      int end = Math.min(to, sample + step);
      Lanes lanes = new Lanes(which.length, sample, end, whole.byInput());
      engine.run(lanes, words, from, outputs);
    }
    return outputs;
  }
}
