package org.pdnn.evaluation;

import org.pdnn.sampling.Outputs;

/// Mean and covariance of the logits of one pass on one input, as some passes show them.

final class LogitMoments {
  private final double[] mean;
  private final double[][] covariance;

  /// @param mean of the passes, by class
  /// @param covariance of one pass, by class and class
  LogitMoments(double[] mean, double[][] covariance) {
    this.mean = mean;
    this.covariance = covariance;
  }

  /// The moments that passes show.
  ///
  /// The spread of M passes about their own mean is that of one pass less that of the mean, so it
  /// is divided by 1 - 1 / worth: for independent passes this is the unbiased covariance.
  ///
  /// @param passes by pass and class, at least two
  /// @param worth how many independent passes the passes are worth; their number if independent
  static LogitMoments of(double[][] passes, double worth) {
    int classes = passes[0].length;
    double[] mean = Outputs.mean(passes, passes.length);
    double[][] covariance = new double[classes][classes];
    double scale = 1 / (passes.length * (1 - 1 / worth));
    for (double[] pass : passes) {
      for (int i = 0; i < classes; i++) {
        for (int j = 0; j < classes; j++) {
          covariance[i][j] += (pass[i] - mean[i]) * (pass[j] - mean[j]) * scale;
        }
      }
    }
    return new LogitMoments(mean, covariance);
  }

  /// The mean logits by class; not to be changed.
  double[] mean() {
    return mean;
  }

  /// The covariance of one pass; not to be changed.
  double[][] covariance() {
    return covariance;
  }

  /// How far the label's mean logit is above its strongest rival's, in deviations of one pass's
  /// difference of the two; negative if it is below. The least over the rivals.
  double margin(int label) {
    double least = Double.POSITIVE_INFINITY;
    for (int rival = 0; rival < mean.length; rival++) {
      if (rival != label) {
        double variance =
            covariance[label][label] + covariance[rival][rival] - 2 * covariance[label][rival];
        double lead = mean[label] - mean[rival];
        double deviation = Math.sqrt(Math.max(variance, 0));
        least = Math.min(least, lead == 0 ? 0 : lead / deviation);
      }
    }
    return least;
  }

  /// A lower triangle L with L L^T = covariance (Cholesky), columns without variance of their own
  /// left 0: logits of a pass are mean + L n with independent standard normal n.
  double[][] root() {
    int n = mean.length;
    double[][] root = new double[n][n];
    for (int j = 0; j < n; j++) {
      double rest = covariance[j][j];
      for (int k = 0; k < j; k++) {
        rest -= root[j][k] * root[j][k];
      }
      if (rest <= 1e-12 * covariance[j][j]) {
        continue;
      }
      root[j][j] = Math.sqrt(rest);
      for (int i = j + 1; i < n; i++) {
        double sum = covariance[i][j];
        for (int k = 0; k < j; k++) {
          sum -= root[i][k] * root[j][k];
        }
        root[i][j] = sum / root[j][j];
      }
    }
    return root;
  }
}
