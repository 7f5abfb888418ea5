package org.pdnn.sampling;

import java.util.Arrays;

/// How far the leading class of some passes, at least two, is ahead of each other one, and how much
/// noise that lead has. The variance and the degrees of freedom are those of [SettledTest].
final class Lead {
  private static final double ROUNDING = 1e-12;

  private final double[][] passes;
  private final double[] mean;
  private final int leader;
  private final double pooled;

  Lead(double[][] passes) {
    this.passes = passes;
    this.mean = Outputs.mean(passes, passes.length);
    this.leader = Outputs.argmax(mean);
    this.pooled = pooled();
  }

  /// Degrees of freedom of the variances of so many passes.
  static double freedom(int samples, int classes) {
    return (samples - 1) * Math.max(1, (classes - 1) / 2.0);
  }

  double freedom() {
    return freedom(passes.length, mean.length);
  }

  /// The class of greatest mean logit.
  int leader() {
    return leader;
  }

  /// Whether no logit moved against another in these passes by more than rounding: their noise
  /// cannot be estimated.
  boolean still() {
    double greatest = Arrays.stream(mean).map(Math::abs).max().orElse(0);
    return Math.sqrt(pooled) <= ROUNDING * greatest;
  }

  /// The mean logit of the leader less that of a rival.
  double over(int rival) {
    return mean[leader] - mean[rival];
  }

  /// Variance over the passes of the difference of the two logits.
  double variance(int rival) {
    return Math.max(pooled, ofDifference(rival));
  }

  /// The lead in standard errors of the mean difference; 0 if there is no lead.
  double errors(int rival) {
    double lead = over(rival);
    return lead == 0 ? 0 : lead / Math.sqrt(variance(rival) / passes.length);
  }

  /// Twice the variance of one logit over the passes. What all classes share moves no class ahead
  /// of another and is taken away first.
  private double pooled() {
    int classes = mean.length;
    double squares = 0;
    for (double[] pass : passes) {
      double common = 0;
      for (int c = 0; c < classes; c++) {
        common += (pass[c] - mean[c]) / classes;
      }
      for (int c = 0; c < classes; c++) {
        double error = pass[c] - mean[c] - common;
        squares += error * error;
      }
    }
    return 2 * squares / ((passes.length - 1.0) * (classes - 1));
  }

  private double ofDifference(int rival) {
    double average = 0;
    for (double[] pass : passes) {
      average += (pass[leader] - pass[rival]) / passes.length;
    }
    double squares = 0;
    for (double[] pass : passes) {
      double error = pass[leader] - pass[rival] - average;
      squares += error * error;
    }
    return squares / (passes.length - 1);
  }
}
