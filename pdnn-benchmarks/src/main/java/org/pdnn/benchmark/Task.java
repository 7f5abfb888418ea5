package org.pdnn.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.energy.Counts;
import org.pdnn.energy.LayerCounts;
import org.pdnn.names.Limits;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.StopRule;

/// What every engine is given: a network, one batch of inputs, a number of threads.
public final class Task {
  /// Every engine keeps the activations of a whole batch.
  public static final int LARGEST_BATCH = 4096;

  /// What stops inputs early, of passes that are computed so.
  ///
  /// @param rule whose longest T is that of the engine
  public record EarlyStop(StopRule rule, Precision precision) {}

  private final Network network;
  private final float[][] inputs;
  private final int threads;
  private final long seed;
  private final Optional<EarlyStop> earlyStop;

  /// @param inputs the batch, not to be changed
  /// @param threads that each engine may use
  /// @param seed of the random words of those that draw
  public Task(Network network, float[][] inputs, int threads, long seed) {
    this(network, inputs, threads, seed, Optional.empty());
  }

  private Task(
      Network network, float[][] inputs, int threads, long seed, Optional<EarlyStop> earlyStop) {
    if (inputs.length < 1 || inputs.length > LARGEST_BATCH) {
      throw new IllegalArgumentException(
          "a batch must have 1 to %s inputs, got %s".formatted(LARGEST_BATCH, inputs.length));
    }
    Limits.atLeast("threads", 1, threads);
    this.network = network;
    this.inputs = Arrays.stream(inputs).map(float[]::clone).toArray(float[][]::new);
    this.threads = threads;
    this.seed = seed;
    this.earlyStop = earlyStop;
  }

  /// The same with a rule by which inputs may stop early.
  public Task with(EarlyStop stop) {
    return new Task(network, inputs, threads, seed, Optional.of(stop));
  }

  /// Inputs of pixels that are drawn evenly from 0 to 1.
  public static float[][] randomPixels(Shape shape, int count, long seed) {
    RandomWords words = Philox.forPurpose(seed, "benchmark");
    float[][] inputs = new float[count][shape.size()];
    for (int input = 0; input < count; input++) {
      for (int i = 0; i < inputs[input].length; i++) {
        inputs[input][i] = (float) RandomWords.uniform(words.word(input, 0, i, 0));
      }
    }
    return inputs;
  }

  public Network network() {
    return network;
  }

  /// The deterministic twin, as its peers like it best: batch norms folded, neurons after pools.
  public Network twin() {
    return MoveNeuronsAfterPool.apply(FoldBatchNorm.apply(network.deterministicTwin()));
  }

  /// The deterministic twin with activations of 8 bits; empty if those of the network have no
  /// bounded range.
  Optional<Network> twinOfEightBits() {
    Network twin = twin();
    boolean bounded =
        twin.hiddenNeurons().stream()
            .allMatch(i -> ((Neurons) twin.layers().get(i)).neuron().activation().bounded());
    return bounded
        ? Optional.of(twin.withHiddenNeurons(own -> new Neuron.Deterministic(own.activation(), 8)))
        : Optional.empty();
  }

  /// The batch.
  public float[][] inputs() {
    return inputs.clone();
  }

  public int batch() {
    return inputs.length;
  }

  public int threads() {
    return threads;
  }

  public long seed() {
    return seed;
  }

  Optional<EarlyStop> earlyStop() {
    return earlyStop;
  }

  /// Multiply-accumulates that T passes over one input need, what lies before the first random
  /// neuron counted once. An engine that does more gets no credit for it.
  ///
  /// @param samples T, or its mean over the inputs
  public double macs(double samples) {
    List<LayerCounts> layers = Counts.of(network).layers();
    int first = network.firstRandomLayer();
    double macs = 0;
    for (int i = 0; i < layers.size(); i++) {
      macs += layers.get(i).macs() * (i < first ? 1 : samples);
    }
    return macs;
  }
}
