package org.pdnn.sampling;

import java.util.Arrays;
import org.pdnn.random.RandomWords;

/// Runs each input of a block until a rule stops it: after T = 1, 2, 4, 8, ... passes some inputs
/// drop out and the others go on together.
public final class EarlyStopSampler {
  private final IntegerSampler sampler;
  private final StopRule rule;

  /// An early stop of an engine's run.
  ///
  /// @param sampler whose run has at least as many samples as the rule's longest T
  public EarlyStopSampler(IntegerSampler sampler, StopRule rule) {
    this.sampler = sampler;
    this.rule = rule;
  }

  /// The same for another thread.
  public EarlyStopSampler fork() {
    return new EarlyStopSampler(sampler.fork(), rule);
  }

  /// The passes that were run: by input, pass and output.
  ///
  /// @param inputs at most [IntegerSampler#MOST_INPUTS]
  /// @param addresses by input, for the random words
  public double[][][] passes(float[][] inputs, long[] addresses, RandomWords words) {
    BlockPasses block = sampler.begin(inputs, addresses, words);
    double[][][] passes = new double[inputs.length][0][];
    int[] open = new int[inputs.length];
    Arrays.setAll(open, i -> i);
    int done = 0;
    while (open.length > 0) {
      int to = Math.min(rule.longest(), Math.max(rule.first(), 2 * done));
      double[][][] next = block.range(open, done, to);
      for (int i = 0; i < open.length; i++) {
        passes[open[i]] = append(passes[open[i]], next[i]);
      }
      done = to;
      open = Arrays.stream(open).filter(i -> !rule.settled(passes[i])).toArray();
    }
    return passes;
  }

  private static double[][] append(double[][] rows, double[][] more) {
    double[][] all = Arrays.copyOf(rows, rows.length + more.length);
    System.arraycopy(more, 0, all, rows.length, more.length);
    return all;
  }
}
