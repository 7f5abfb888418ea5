package org.pdnn.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.IntToLongFunction;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.pdnn.names.Limits;
import org.pdnn.network.Network;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.MarginStop;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.StopRule;
import org.pdnn.sampling.Workers;

/// Every input run to the longest T once for each noise seed. Where each rule would have stopped is
/// read off its passes. The answers have the same bits for any number of threads.
///
/// @param evaluation seeds, scheme and the largest number of samples, the longest T
/// @param precision what the passes are computed in
/// @param randomness makes the words of a noise seed, as `Philox::new` does
/// @param threads how many blocks of inputs are run at once
public record LongRuns(
    Evaluation evaluation,
    Network network,
    Precision precision,
    LabelledInputs inputs,
    LongFunction<RandomWords> randomness,
    int threads) {
  /// Refuses what cannot be stopped early.
  public LongRuns {
    EarlyStop.requireStoppable(
        evaluation.run(evaluation.samples().getLast()), evaluation.outputs(), network);
    Limits.atLeast("inputs", 1, inputs.count());
  }

  /// What is done with the passes of one input; its own for each thread.
  private interface Reader {
    /// @param passes the longest T, by pass and class
    void read(int input, int seed, double[][] passes);
  }

  /// The run to the longest T.
  public Run run() {
    return evaluation.run(evaluation.samples().getLast());
  }

  /// What each rule saves and costs.
  ///
  /// @param progress receives the number of inputs done, from any thread
  /// @throws java.util.concurrent.CancellationException if this thread is interrupted
  public EarlyStop stops(List<StopRule> rules, IntConsumer progress) {
    List<StopCounts> counted = Collections.synchronizedList(new ArrayList<>());
    forEach(
        evaluation.seeds(),
        evaluation::noiseSeed,
        () -> {
          StopCounts counts = new StopCounts(rules, evaluation.seeds(), inputs.count());
          counted.add(counts);
          int classes = network.output().size();
          return (input, seed, passes) ->
              counts.add(input, seed, passes, LabelledInputs.label(inputs, input, classes));
        },
        progress);
    StopCounts all = counted.removeFirst();
    counted.forEach(all::merge);
    return all.result(run().samples());
  }

  /// The margins that change at most these shares of the answers to inputs like these; see
  /// [MarginChoice]. Each input is run once, with noise that no measurement has.
  ///
  /// @param shares each above 0 and below 1
  /// @param progress receives the number of inputs done, from any thread
  /// @throws IllegalArgumentException if there are too few inputs for the least share
  public List<MarginStop> margins(List<Double> shares, IntConsumer progress) {
    shares.forEach(share -> MarginChoice.requireInputs(share, inputs.count()));
    List<List<MarginChoice.Look>> looks = looks(progress);
    return shares.stream().map(share -> MarginChoice.of(share, looks, run().samples())).toList();
  }

  /// What each input does, by input and look.
  List<List<MarginChoice.Look>> looks(IntConsumer progress) {
    List<List<MarginChoice.Look>> looks =
        new ArrayList<>(Collections.nCopies(inputs.count(), List.of()));
    forEach(
        1,
        _ -> evaluation.calibrationSeed(),
        () -> (input, _, passes) -> looks.set(input, MarginChoice.looks(passes)),
        progress);
    return looks;
  }

  /// The inputs whose class at the longest T is the least certain, the hardest first: those whose
  /// leading class is ahead of some other by the fewest standard deviations of a pass. Inputs whose
  /// passes are all the same come last.
  ///
  /// @param count how many, or all if there are fewer
  /// @param progress receives the number of inputs done, from any thread
  public LongRuns hardest(int count, IntConsumer progress) {
    double[] leads = new double[inputs.count()];
    forEach(
        1,
        evaluation::noiseSeed,
        () -> (input, _, passes) -> leads[input] = lead(passes),
        progress);
    int[] order =
        IntStream.range(0, leads.length)
            .boxed()
            .sorted(Comparator.comparingDouble(input -> leads[input]))
            .limit(count)
            .mapToInt(input -> input)
            .toArray();
    return new LongRuns(evaluation, network, precision, inputs.chosen(order), randomness, threads);
  }

  /// The least lead of the leading class over another, in standard deviations of their difference.
  private static double lead(double[][] passes) {
    double[] mean = Outputs.mean(passes, passes.length);
    int leader = Outputs.argmax(mean);
    double least = Double.POSITIVE_INFINITY;
    for (int rival = 0; rival < mean.length; rival++) {
      double over = mean[leader] - mean[rival];
      double squares = 0;
      for (double[] pass : passes) {
        double error = pass[leader] - pass[rival] - over;
        squares += error * error;
      }
      if (rival != leader && squares > 0) {
        least = Math.min(least, over / Math.sqrt(squares / passes.length));
      }
    }
    return least;
  }

  private void forEach(
      int seeds, IntToLongFunction noise, Supplier<Reader> readers, IntConsumer progress) {
    List<RandomWords> words =
        IntStream.range(0, seeds).mapToObj(k -> randomness.apply(noise.applyAsLong(k))).toList();
    int all = inputs.count();
    int block = Math.clamp(Math.ceilDiv(all, threads), 1, evaluation.block(precision));
    int size = network.input().size();
    Sampler sampler = precision.sampler(network, run());
    AtomicLong done = new AtomicLong();
    Workers.forEach(
        Math.ceilDiv(all, block),
        threads,
        () -> {
          Sampler own = sampler.fork();
          Reader reader = readers.get();
          return number -> {
            int from = number * block;
            float[][] values = inputs.read(from, Math.min(all, from + block), size);
            for (int seed = 0; seed < seeds; seed++) {
              double[][][] passes = own.passes(values, from, words.get(seed));
              for (int i = 0; i < passes.length; i++) {
                reader.read(from + i, seed, passes[i]);
              }
              progress.accept((int) (done.addAndGet(passes.length) / seeds));
            }
          };
        });
  }
}
