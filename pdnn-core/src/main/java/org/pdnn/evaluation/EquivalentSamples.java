package org.pdnn.evaluation;

import java.util.Optional;
import org.pdnn.sampling.Outputs;

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

  /// N_eq with bounds by the jackknife on its logarithm.
  ///
  /// @param pass [#ofPass] by image
  /// @param average [#ofAverage] by image
  /// @return nothing if there is a single image or no variance
  static Optional<Estimate> estimate(double[] pass, double[] average) {
    if (pass.length < 2) {
      return Optional.empty();
    }
    Jackknife log = Jackknife.of(pass, average, StrictMath::log);
    double low = StrictMath.exp(log.value() - log.half());
    double high = StrictMath.exp(log.value() + log.half());
    if (!(low > 0 && high < Double.POSITIVE_INFINITY)) {
      return Optional.empty();
    }
    return Optional.of(new Estimate(StrictMath.exp(log.value()), low, high));
  }
}
