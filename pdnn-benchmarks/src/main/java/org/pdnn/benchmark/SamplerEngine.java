package org.pdnn.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.pdnn.integer.InputGrid;
import org.pdnn.integer.Lowering;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.FloatRows;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.BlockSampler;
import org.pdnn.sampling.EarlyStopSampler;
import org.pdnn.sampling.IntegerSampler;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.Workers;

/// A sampler of ours: T passes of the whole batch, or as many as each input needs. Threads share
/// the batch in blocks of whole lanes.
final class SamplerEngine implements Engine {
  private static final int LANES = 16;

  /// Of early stops without a rule.
  private static final double CONFIDENCE = 0.9;

  private final EngineProfile profile;
  private final List<Runner> runners;
  private final int block;
  private final float[][] inputs;
  private final RandomWords words;
  private final float[][] logits;

  /// By input.
  private final int[] samples;

  private boolean closed;

  /// Runs a block of inputs and gives its passes.
  @FunctionalInterface
  private interface Runner {
    double[][][] passes(float[][] inputs, long index, RandomWords words);
  }

  private SamplerEngine(EngineProfile profile, Task task, Supplier<Runner> runner) {
    this.profile = profile;
    this.runners = new ArrayList<>();
    for (int thread = 0; thread < task.threads(); thread++) {
      runners.add(runner.get());
    }
    this.inputs = task.inputs();
    this.words = new Philox(task.seed());
    this.logits = new float[inputs.length][task.network().output().size()];
    this.samples = new int[inputs.length];
    int share = Math.ceilDiv(inputs.length, task.threads());
    int whole = Math.ceilDiv(share, LANES) * LANES;
    this.block = Math.clamp(whole, 1, IntegerSampler.MOST_INPUTS);
  }

  /// T passes of every input in 64-bit numbers.
  static SamplerEngine exact(EngineProfile profile, Task task) {
    BlockSampler sampler = new BlockSampler(task.network(), Run.of(profile.samples()));
    return new SamplerEngine(profile, task, () -> sampler.fork()::passes);
  }

  /// One pass of the deterministic twin in integers, activations of 8 bits.
  ///
  /// @throws IllegalArgumentException if its activations have no bounded range
  static SamplerEngine twin(EngineProfile profile, Task task) {
    Network twin =
        task.twinOfEightBits()
            .orElseThrow(() ->
                new IllegalArgumentException(
                    profile.name() + " takes activations of a bounded range; leave it out"));
    IntegerSampler sampler = sampler(profile, twin, 8);
    return new SamplerEngine(profile, task, () -> sampler.fork()::passes);
  }

  /// T passes of every input in integers.
  static SamplerEngine integer(EngineProfile profile, Task task, int bits) {
    IntegerSampler sampler = sampler(profile, task.network(), bits);
    return new SamplerEngine(profile, task, () -> sampler.fork()::passes);
  }

  /// At most T passes in integers: each input until a rule stops it.
  static SamplerEngine earlyStop(EngineProfile profile, Task task) {
    Run run = Run.of(profile.samples());
    Task.EarlyStop stop =
        task.earlyStop()
            .orElseGet(() ->
                new Task.EarlyStop(
                    new SettledTest(CONFIDENCE, task.network(), run), Precision.DEFAULT));
    EarlyStopSampler sampler =
        new EarlyStopSampler(stop.precision().sampler(task.network(), run), stop.rule());
    return new SamplerEngine(profile, task, () -> runner(sampler.fork()));
  }

  private static IntegerSampler sampler(EngineProfile profile, Network network, int bits) {
    WeightFormat format = new WeightFormat(bits, false);
    return new IntegerSampler(
        Lowering.of(network, format, InputGrid.PIXELS).result(), Run.of(profile.samples()));
  }

  private static Runner runner(EarlyStopSampler sampler) {
    return (inputs, index, words) ->
        sampler.passes(inputs, Sampler.following(index, inputs.length), words);
  }

  @Override
  public EngineProfile profile() {
    return profile;
  }

  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException(profile.name() + " is closed");
    }
    int blocks = Math.ceilDiv(inputs.length, block);
    if (runners.size() == 1 || blocks == 1) {
      for (int number = 0; number < blocks; number++) {
        run(runners.getFirst(), number);
      }
      return;
    }
    List<Runner> free = Collections.synchronizedList(new ArrayList<>(runners));
    Workers.forEach(
        blocks,
        runners.size(),
        () -> {
          Runner own = free.removeFirst();
          IntConsumer work = number -> run(own, number);
          return work;
        });
  }

  private void run(Runner runner, int number) {
    int from = number * block;
    float[][] part = Arrays.copyOfRange(inputs, from, Math.min(inputs.length, from + block));
    double[][][] passes = runner.passes(part, from, words);
    for (int i = 0; i < passes.length; i++) {
      samples[from + i] = passes[i].length;
      logits[from + i] = FloatRows.rounded(Outputs.mean(passes[i], passes[i].length));
    }
  }

  @Override
  public float[][] logits() {
    return Arrays.stream(logits).map(float[]::clone).toArray(float[][]::new);
  }

  @Override
  public double meanSamples() {
    return Arrays.stream(samples).average().orElseThrow();
  }

  @Override
  public void close() {
    closed = true;
  }
}
