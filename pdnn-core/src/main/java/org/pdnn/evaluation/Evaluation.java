package org.pdnn.evaluation;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.pdnn.data.Images;
import org.pdnn.names.Limits;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Workers;

/// What is measured: everything besides network, inputs and generator that a curve depends on.
///
/// @param samples the numbers of passes T; sorted, each once
/// @param scheme how the passes share their randomness
/// @param averaging where the T outputs are averaged
/// @param last what the last hidden layer of p-bits hands on
/// @param outputs whether logits or probabilities are averaged
/// @param seed the base seed, from which the noise seeds follow
/// @param seeds R, how many noise seeds repeat the measurement
public record Evaluation(
    List<Integer> samples,
    Scheme scheme,
    Averaging averaging,
    LastHidden last,
    Outputs outputs,
    long seed,
    int seeds) {
  /// Repetitions that give usable intervals.
  public static final int DEFAULT_SEEDS = 5;

  /// Noise seeds of a measurement: enough to see an error of a tenth of a percent in one input.
  public static final int MOST_SEEDS = 10_000;

  private static final int LARGEST_BLOCK = 64;

  /// Rows of outputs of a block and noise seed.
  private static final int LARGEST_BLOCK_OUTPUTS = 1 << 14;

  public Evaluation {
    samples = samples.stream().sorted().distinct().toList();
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("samples must name at least one number of passes");
    }
    for (int count : samples) {
      new Run(count, scheme, averaging, last);
    }
    Limits.between("seeds", 1, MOST_SEEDS, seeds);
  }

  /// The default: scrambled bits, logits averaged at the end of the model, five noise seeds.
  public static Evaluation of(long seed, int... samples) {
    return new Evaluation(
        IntStream.of(samples).boxed().toList(),
        Scheme.SCRAMBLED,
        Averaging.END,
        LastHidden.BITS,
        Outputs.LOGITS,
        seed,
        DEFAULT_SEEDS);
  }

  /// As the paper measures: independent passes of bits, logits averaged at the end of the model.
  ///
  /// @param seeds R, at least 1
  public static Evaluation independent(List<Integer> samples, long seed, int seeds) {
    return new Evaluation(
        samples, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS, Outputs.LOGITS, seed, seeds);
  }

  /// One pass of a deterministic network.
  public static Evaluation once() {
    return independent(List.of(1), 0, 1);
  }

  /// The same by other passes.
  public Evaluation with(Scheme scheme, LastHidden last) {
    return new Evaluation(samples, scheme, averaging, last, outputs, seed, seeds);
  }

  /// The same averaged elsewhere.
  public Evaluation with(Averaging averaging) {
    return new Evaluation(samples, scheme, averaging, last, outputs, seed, seeds);
  }

  /// Measures a network on images in real numbers, on all processors.
  public Curve measure(Network network, Images images) {
    return measure(network, LabelledInputs.of(images), Philox::new, Workers.all(), done -> {});
  }

  /// Measures a network in real numbers.
  public Curve measure(
      Network network,
      LabelledInputs inputs,
      LongFunction<RandomWords> randomness,
      int threads,
      IntConsumer progress) {
    return measure(network, Precision.REAL, inputs, randomness, threads, progress);
  }

  /// Measures a network, and reads the inputs once. The answer has the same bits for any number of
  /// threads. A deterministic network gives one point, samples 1, without noise.
  ///
  /// @param precision what the passes are computed in; the deterministic twin is in real numbers
  /// @param randomness makes the words of a noise seed, as `Philox::new` does
  /// @param threads how many blocks of inputs are run at once
  /// @param progress receives the number of inputs done, from any thread
  /// @throws java.util.concurrent.CancellationException if this thread is interrupted
  public Curve measure(
      Network network,
      Precision precision,
      LabelledInputs inputs,
      LongFunction<RandomWords> randomness,
      int threads,
      IntConsumer progress) {
    return measured(network, precision, inputs, randomness, threads, progress).curve();
  }

  /// Measures a network as [#measure] does, and tells which inputs it classified correctly.
  public Measured measured(
      Network network,
      Precision precision,
      LabelledInputs inputs,
      LongFunction<RandomWords> randomness,
      int threads,
      IntConsumer progress) {
    Limits.atLeast("inputs", 1, inputs.count());
    return new Measurement(this, network, precision, inputs, randomness).run(threads, progress);
  }

  /// Inputs that are run together: one in real numbers; 64 in integers, as the engine likes them,
  /// and fewer where their outputs would take much memory.
  int block(Precision precision) {
    return precision.real()
        ? 1
        : Math.clamp(LARGEST_BLOCK_OUTPUTS / samples.getLast(), 1, LARGEST_BLOCK);
  }

  /// Noise seed k: [Philox#seedFor] the purpose "noise". Noise seeds of different base seeds share
  /// nothing.
  public long noiseSeed(int k) {
    return Philox.seedFor(seed, "noise", k);
  }

  /// The noise seed of calibration; no noise seed of a measurement is the same.
  long calibrationSeed() {
    return Philox.seedFor(seed, "calibration", 0);
  }

  /// Independent passes of bits, averaged at the end: what N_eq counts in.
  Run bits(int count) {
    return new Run(count, Scheme.INDEPENDENT, Averaging.END, LastHidden.BITS);
  }

  Run run(int count) {
    return new Run(count, scheme, averaging, last);
  }
}
