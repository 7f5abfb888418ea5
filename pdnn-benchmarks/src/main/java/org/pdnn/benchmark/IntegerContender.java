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
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.EarlyStopSampler;
import org.pdnn.sampling.IntegerSampler;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.Workers;

/// The sampled engine: T passes of the whole batch, or as many as each input needs. Threads share
/// the batch in blocks of whole lanes.
final class IntegerContender implements Contender {
  private static final int LANES = 16;

  private final String name;
  private final int samples;
  private final List<Runner> runners;
  private final int block;
  private final float[][] inputs;
  private final RandomWords words;
  private final float[][] logits;
  private boolean closed;

  /// Runs a block of inputs and gives its passes.
  @FunctionalInterface
  private interface Runner {
    double[][][] passes(float[][] inputs, long index, RandomWords words);
  }

  private IntegerContender(String name, int samples, List<Runner> runners, Task task) {
    this.name = name;
    this.samples = samples;
    this.runners = runners;
    this.inputs = task.inputs();
    this.words = new Philox(task.seed());
    this.logits = new float[inputs.length][task.network().output().size()];
    int share = Math.ceilDiv(inputs.length, task.threads());
    int whole = Math.ceilDiv(share, LANES) * LANES;
    this.block = Math.clamp(whole, 1, IntegerSampler.MOST_INPUTS);
  }

  /// Whether the network has an integer form.
  static boolean fits(int bits, int samples, Task task) {
    Precision precision = Precision.parse(String.valueOf(bits));
    return precision.refusal(task.network(), Run.of(samples)).isEmpty();
  }

  /// T passes of every input.
  static Contender samples(String name, int bits, int samples, Task task) {
    IntegerSampler engine = engine(bits, samples, task);
    return new IntegerContender(name, samples, forks(task, () -> engine.fork()::passes), task);
  }

  /// At most T passes: each input until its class is settled.
  static Contender untilConfident(
      String name, int bits, double confidence, int samples, Task task) {
    SettledTest test = new SettledTest(confidence, task.network().output().size(), samples);
    EarlyStopSampler engine = new EarlyStopSampler(engine(bits, samples, task), test);
    return new IntegerContender(name, samples, forks(task, () -> runner(engine.fork())), task);
  }

  private static Runner runner(EarlyStopSampler engine) {
    return (inputs, index, words) ->
        engine.passes(inputs, Sampler.following(index, inputs.length), words);
  }

  private static IntegerSampler engine(int bits, int samples, Task task) {
    WeightFormat format = new WeightFormat(bits, false);
    return new IntegerSampler(
        Lowering.of(task.network(), format, InputGrid.PIXELS).result(), Run.of(samples));
  }

  private static List<Runner> forks(Task task, Supplier<Runner> fork) {
    List<Runner> runners = new ArrayList<>();
    for (int thread = 0; thread < task.threads(); thread++) {
      runners.add(fork.get());
    }
    return runners;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Arithmetic arithmetic() {
    return Arithmetic.INT8;
  }

  @Override
  public boolean deterministic() {
    return false;
  }

  @Override
  public int samples() {
    return samples;
  }

  @Override
  public void run() {
    if (closed) {
      throw new IllegalStateException(name + " is closed");
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
      for (int output = 0; output < logits[from + i].length; output++) {
        double sum = 0;
        for (double[] pass : passes[i]) {
          sum += pass[output];
        }
        logits[from + i][output] = (float) (sum / passes[i].length);
      }
    }
  }

  @Override
  public float[][] logits() {
    return Arrays.stream(logits).map(float[]::clone).toArray(float[][]::new);
  }

  @Override
  public void close() {
    closed = true;
  }
}
