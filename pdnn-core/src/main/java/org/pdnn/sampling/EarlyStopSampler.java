package org.pdnn.sampling;

import java.util.Arrays;
import org.pdnn.random.RandomWords;

/// Runs each input until a rule stops it: after T = 1, 2, 4, 8, ... passes some inputs end and the
/// others go on together.
///
/// @param sampler whose run has at least as many samples as the rule's longest T
public record EarlyStopSampler(Sampler sampler, StopRule rule) {

  /// The same for another thread.
  public EarlyStopSampler fork() {
    return new EarlyStopSampler(sampler.fork(), rule);
  }

  /// The passes that were run: by input, pass and output.
  ///
  /// @param addresses by input, for the random words
  public double[][][] passes(float[][] inputs, long[] addresses, RandomWords words) {
    double[][][] passes = new double[inputs.length][][];
    int most = Math.min(inputs.length, sampler.together());
    Session session = sampler.session(words, most);
    for (int at = 0; at < inputs.length; at += most) {
      int end = Math.min(inputs.length, at + most);
      double[][][] block =
          session.until(
              rule, Arrays.copyOfRange(inputs, at, end), Arrays.copyOfRange(addresses, at, end));
      System.arraycopy(block, 0, passes, at, end - at);
    }
    return passes;
  }
}
