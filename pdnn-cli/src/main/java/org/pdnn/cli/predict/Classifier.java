package org.pdnn.cli.predict;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.pdnn.evaluation.Candidate;
import org.pdnn.network.Network;
import org.pdnn.random.InputAddress;
import org.pdnn.random.RandomWords;
import org.pdnn.sampling.Answer;
import org.pdnn.sampling.EarlyStopSampler;
import org.pdnn.sampling.IntegerSampler;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.StopRule;
import org.pdnn.sampling.Workers;

/// Classifies inputs by blocks on all threads.
///
/// The address of an input's random words is a hash of its values: its answer depends neither on
/// its name nor on what else is classified with it. In order, the address is the input's number.
///
/// @param rule when to stop an input early, if at all
/// @param top how many classes each answer names
record Classifier(
    Network network,
    Precision precision,
    Run run,
    Optional<StopRule> rule,
    RandomWords words,
    boolean inOrder,
    int top) {
  /// Passes that a block may have in all, a bound on its memory.
  private static final int MOST_PASSES = 1 << 16;

  /// The answers, in the order of the inputs.
  ///
  /// @param progress told the number of inputs done, from any thread
  List<Prediction> classify(Inputs inputs, int threads, IntConsumer progress) {
    Prediction[] answers = new Prediction[inputs.count()];
    int together = Math.clamp(MOST_PASSES / run.samples(), 1, IntegerSampler.MOST_INPUTS);
    int block = Math.clamp(Math.ceilDiv(answers.length, threads), 1, together);
    AtomicInteger done = new AtomicInteger();
    Sampler sampler = precision.sampler(network, run);
    Workers.forEach(
        Math.ceilDiv(answers.length, block),
        threads,
        () -> {
          Sampler own = sampler.fork();
          return number -> {
            int from = number * block;
            int to = Math.min(answers.length, from + block);
            classify(own, inputs, from, to, answers);
            progress.accept(done.addAndGet(to - from));
          };
        });
    return Arrays.asList(answers);
  }

  private void classify(Sampler sampler, Inputs inputs, int from, int to, Prediction[] answers) {
    List<Integer> read = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    for (int index = from; index < to; index++) {
      try {
        values.add(inputs.read(index));
        read.add(index);
      } catch (IOException e) {
        answers[index] = new Prediction.Failed(inputs.name(index), String.valueOf(e.getMessage()));
      }
    }
    if (read.isEmpty()) {
      return;
    }
    double[][][] passes = passes(sampler, values.toArray(float[][]::new), read);
    for (int i = 0; i < passes.length; i++) {
      Answer answer = Answer.of(passes[i], network.random());
      answers[read.get(i)] =
          new Prediction.Made(
              inputs.name(read.get(i)), answer.samples(), Candidate.likeliest(answer, top));
    }
  }

  private double[][][] passes(Sampler sampler, float[][] inputs, List<Integer> numbers) {
    long[] addresses =
        inOrder
            ? numbers.stream().mapToLong(Integer::longValue).toArray()
            : Arrays.stream(inputs).mapToLong(InputAddress::of).toArray();
    return rule.isEmpty()
        ? sampler.passes(inputs, addresses, words)
        : new EarlyStopSampler(sampler, rule.get()).passes(inputs, addresses, words);
  }
}
