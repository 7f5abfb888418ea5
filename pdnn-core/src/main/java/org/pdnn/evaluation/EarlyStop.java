package org.pdnn.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.LongFunction;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import org.pdnn.names.Limits;
import org.pdnn.network.Network;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Progressive;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.Workers;

/// Stopping early against running every input to the longest T: mean T, accuracy, and the share of
/// answers that it changes. Every input is run to the longest T once for each noise seed; where
/// each confidence would have stopped is read off its passes.
///
/// @param samples the longest T
/// @param accuracy that of the longest T
/// @param points one for each confidence, in the order given
public record EarlyStop(int samples, Estimate accuracy, List<StopPoint> points) {
  public EarlyStop {
    points = List.copyOf(points);
  }

  /// Measures a network. The answer has the same bits for any number of threads.
  ///
  /// @param evaluation seeds, scheme and the largest number of samples, the longest T
  /// @param confidences each at least 0.5 and below 1
  /// @param precision what the passes are computed in
  /// @param randomness makes the words of a noise seed, as `Philox::new` does
  /// @param threads how many inputs are run at once
  /// @param progress receives the number of inputs done, from any thread
  /// @throws java.util.concurrent.CancellationException if this thread is interrupted
  public static EarlyStop measure(
      Evaluation evaluation,
      List<Double> confidences,
      Network network,
      Precision precision,
      LabelledInputs inputs,
      LongFunction<RandomWords> randomness,
      int threads,
      IntConsumer progress) {
    Limits.atLeast("inputs", 1, inputs.count());
    int samples = evaluation.samples().getLast();
    Run run = evaluation.run(samples);
    requireStoppable(run, evaluation.outputs(), network);
    int classes = network.shapes().getLast().size();
    List<SettledTest> tests =
        confidences.stream().map(c -> new SettledTest(c, classes, samples)).toList();
    List<RandomWords> words =
        IntStream.range(0, evaluation.seeds())
            .mapToObj(k -> randomness.apply(evaluation.noiseSeed(k)))
            .toList();
    Sampler sampler = precision.sampler(network, run);
    List<Counts> counted = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger done = new AtomicInteger();
    int block = evaluation.block(precision);
    int size = network.input().size();
    Workers.forEach(
        Math.ceilDiv(inputs.count(), block),
        threads,
        () -> {
          Sampler own = sampler.fork();
          Counts counts = new Counts(tests, words.size());
          counted.add(counts);
          return number -> {
            int from = number * block;
            int to = Math.min(inputs.count(), from + block);
            float[][] values = inputs.read(from, to, size);
            for (int seed = 0; seed < words.size(); seed++) {
              double[][][] passes = own.passes(values, from, words.get(seed));
              for (int i = 0; i < passes.length; i++) {
                counts.add(seed, passes[i], LabelledInputs.label(inputs, from + i, classes));
              }
            }
            progress.accept(done.addAndGet(to - from));
          };
        });
    Counts all = counted.removeFirst();
    counted.forEach(all::merge);
    return all.result(samples, inputs.count());
  }

  /// Refuses what cannot be stopped early, saying why and what to do.
  ///
  /// @throws IllegalArgumentException if the passes of a run cannot come one by one or are averaged
  ///   as something else than logits
  public static void requireStoppable(Run run, Outputs outputs, Network network) {
    if (!run.anytime()) {
      throw new IllegalArgumentException(
          "stopping early needs a run whose first passes are those of a shorter one; average at the"
              + " end of the model, by a scheme other than stratified");
    }
    if (outputs != Outputs.LOGITS) {
      throw new IllegalArgumentException("stopping early tests mean logits; use --outputs logits");
    }
    if (!network.random()) {
      throw new IllegalArgumentException(
          "stopping early needs random neurons, and this network has none; its answer is settled"
              + " after one pass");
    }
  }

  /// What one thread has counted, by test and noise seed. The last test is the run to the longest
  /// T.
  private static final class Counts {
    private final List<SettledTest> tests;
    private final long[][] samples;
    private final long[][] correct;
    private final long[][] changed;

    Counts(List<SettledTest> tests, int seeds) {
      this.tests = tests;
      this.samples = new long[tests.size() + 1][seeds];
      this.correct = new long[tests.size() + 1][seeds];
      this.changed = new long[tests.size() + 1][seeds];
    }

    void add(int seed, double[][] all, int label) {
      int last = Answer.of(all, true).label();
      count(tests.size(), seed, all, last, label);
      for (int test = 0; test < tests.size(); test++) {
        Progressive run =
            new Progressive((from, to) -> Arrays.copyOfRange(all, from, to), all.length);
        count(test, seed, run.until(tests.get(test)), last, label);
      }
    }

    private void count(int test, int seed, double[][] passes, int last, int label) {
      int chosen = Answer.of(passes, true).label();
      samples[test][seed] += passes.length;
      correct[test][seed] += chosen == label ? 1 : 0;
      changed[test][seed] += chosen == last ? 0 : 1;
    }

    void merge(Counts other) {
      for (int test = 0; test < samples.length; test++) {
        for (int seed = 0; seed < samples[test].length; seed++) {
          samples[test][seed] += other.samples[test][seed];
          correct[test][seed] += other.correct[test][seed];
          changed[test][seed] += other.changed[test][seed];
        }
      }
    }

    EarlyStop result(int longest, int inputs) {
      LongToDoubleFunction share = count -> (double) count / inputs;
      List<StopPoint> points = new ArrayList<>();
      for (int test = 0; test < tests.size(); test++) {
        points.add(
            new StopPoint(
                tests.get(test).confidence(),
                over(samples[test], share).within(1, longest),
                over(correct[test], share).within(0, 1),
                over(changed[test], share).within(0, 1)));
      }
      return new EarlyStop(longest, over(correct[tests.size()], share).within(0, 1), points);
    }

    private static Estimate over(long[] seeds, LongToDoubleFunction share) {
      return Estimate.over(Arrays.stream(seeds).mapToDouble(share).toArray());
    }
  }
}
