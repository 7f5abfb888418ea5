package org.pdnn.convert;

import org.pdnn.evaluation.LabelledInputs;
import org.pdnn.names.Limits;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.sampling.BlockSampler;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.Sampler;
import org.pdnn.sampling.Workers;

/// Labelled inputs on which a conversion measures what each step costs, and how it does so. Every
/// network gets the same random words, so that differences are paired.
///
/// @param inputs some hundred to thousand, none of the test set, in an order of which every prefix
///   holds each class in its share (`images.stratified(seed)`): searches look at the first alone
/// @param run T and the scheme in which networks with random neurons are run
/// @param precision what they are run in; those without an integer form run in real numbers
/// @param seed of the random words
/// @param threads inputs at once
public record Calibration(
    LabelledInputs inputs, Run run, Precision precision, long seed, int threads) {
  private static final int BLOCK = 32;

  public Calibration {
    if (inputs.count() < 1) {
      throw new IllegalArgumentException("a calibration needs at least one input");
    }
    Limits.atLeast("threads", 1, threads);
  }

  /// T = 32 scrambled passes in integers with weights of 8 bits, on all processors.
  public static Calibration of(LabelledInputs inputs) {
    return new Calibration(inputs, Run.of(32), Precision.DEFAULT, 1, Workers.all());
  }

  /// The same with T passes.
  Calibration withSamples(int samples) {
    return new Calibration(inputs, run.withSamples(samples), precision, seed, threads);
  }

  /// The same with at most so many inputs and passes: for searches.
  Calibration shortened(int count, int samples) {
    int passes = Math.min(samples, run.samples());
    return new Calibration(inputs.first(count), run.withSamples(passes), precision, seed, threads);
  }

  /// Runs a network on all inputs, as it is.
  ///
  /// @throws IllegalArgumentException if an input has another size, or a class no output
  LabelledLogits answers(Network network) {
    int size = network.input().size();
    Sampler sampler = sampler(network);
    Philox words = new Philox(seed);
    double[][] logits = new double[inputs.count()][];
    int[] labels = new int[inputs.count()];
    Workers.forEach(
        Math.ceilDiv(logits.length, BLOCK),
        threads,
        () -> {
          Sampler own = sampler.fork();
          return block -> {
            int from = block * BLOCK;
            int to = Math.min(logits.length, from + BLOCK);
            double[][][] passes = own.passes(inputs.read(from, to, size), from, words);
            for (int i = from; i < to; i++) {
              logits[i] = Outputs.mean(passes[i - from], passes[i - from].length);
              labels[i] = LabelledInputs.label(inputs, i, logits[i].length);
            }
          };
        });
    return new LabelledLogits(logits, labels);
  }

  /// What has no integer form is refused by its lowering, which is too much work to be done twice.
  private Sampler sampler(Network network) {
    if (!network.random()) {
      return new BlockSampler(network, Run.of(1));
    }
    try {
      return precision.sampler(network, run);
    } catch (IllegalArgumentException refused) {
      return new BlockSampler(network, run);
    }
  }
}
