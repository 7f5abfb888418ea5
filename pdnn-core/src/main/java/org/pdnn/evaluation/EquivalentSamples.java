package org.pdnn.evaluation;

import java.util.Optional;

/// N_eq, how many independent passes of bits T passes are worth:
///
/// N_eq = (logit variance of one pass of bits) / (logit variance of the T-pass average)
///
/// with unbiased variances over the noise seeds, averaged over images and logits. Each of the T
/// passes is a true p-bit pass, so the variance of one pass is averaged over all of them; passes of
/// one seed depend on each other, hence the variance is taken over seeds for each pass apart.
/// Independent passes have N_eq = T; a single pass has 1. Where the passes hand on expectations in
/// the last hidden layer, four passes of bits are run beside them for the numerator.
final class EquivalentSamples {
  private static final int GROUPS = 20;

  private EquivalentSamples() {}

  /// Variance of one pass on one image, summed over logits.
  ///
  /// @param passes by seed, pass and logit
  /// @param samples T, how many of the passes count
  static double ofPass(double[][][] passes, int samples) {
    double sum = 0;
    double[][] bySeed = new double[passes.length][];
    for (int t = 0; t < samples; t++) {
      for (int seed = 0; seed < passes.length; seed++) {
        bySeed[seed] = passes[seed][t];
      }
      sum += variance(bySeed);
    }
    return sum / samples;
  }

  /// Variance of the T-pass average on one image, summed over logits.
  static double ofAverage(double[][][] passes, int samples) {
    double[][] bySeed = new double[passes.length][];
    for (int seed = 0; seed < passes.length; seed++) {
      bySeed[seed] = Outputs.mean(passes[seed], samples);
    }
    return variance(bySeed);
  }

  /// Unbiased variance over the rows, summed over columns. Values count from the first row's, so
  /// that equal rows have variance 0 exactly.
  private static double variance(double[][] rows) {
    double variance = 0;
    for (int i = 0; i < rows[0].length; i++) {
      double sum = 0;
      double squares = 0;
      for (double[] row : rows) {
        double difference = row[i] - rows[0][i];
        sum += difference;
        squares += difference * difference;
      }
      variance += Math.max(0, squares - sum * sum / rows.length) / (rows.length - 1);
    }
    return variance;
  }

  /// N_eq with bounds by the delete-a-group jackknife on its logarithm, over 20 groups of images:
  /// image i belongs to group i mod 20, and each image's noise is independent of the others'.
  ///
  /// @param pass [#ofPass] by image
  /// @param average [#ofAverage] by image
  /// @return nothing if there is a single image or no variance
  static Optional<Estimate> estimate(double[] pass, double[] average) {
    int groups = Math.min(GROUPS, pass.length);
    if (groups < 2) {
      return Optional.empty();
    }
    double logarithm = logRatio(pass, average, -1, groups);
    double[] without = new double[groups];
    double mean = 0;
    for (int group = 0; group < groups; group++) {
      without[group] = logRatio(pass, average, group, groups);
      mean += without[group] / groups;
    }
    double squares = 0;
    for (double value : without) {
      squares += (value - mean) * (value - mean);
    }
    double error = Math.sqrt(squares * (groups - 1) / groups);
    double half = StudentT.quantile(groups - 1) * error;
    double low = StrictMath.exp(logarithm - half);
    double high = StrictMath.exp(logarithm + half);
    if (!(low > 0 && high < Double.POSITIVE_INFINITY)) {
      return Optional.empty();
    }
    return Optional.of(new Estimate(StrictMath.exp(logarithm), low, high));
  }

  /// ln N_eq from all images but those of one group.
  private static double logRatio(double[] pass, double[] average, int left, int groups) {
    double numerator = 0;
    double denominator = 0;
    for (int image = 0; image < pass.length; image++) {
      if (image % groups != left) {
        numerator += pass[image];
        denominator += average[image];
      }
    }
    return StrictMath.log(numerator / denominator);
  }
}
