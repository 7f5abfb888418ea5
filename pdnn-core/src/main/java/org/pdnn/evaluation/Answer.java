package org.pdnn.evaluation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// What T passes say of one input: the likeliest classes, and what the noise of the passes leaves
/// open.
///
/// @param samples T, the passes that were averaged
/// @param classes likeliest first
public record Answer(int samples, List<Candidate> classes) {
  public Answer {
    classes = List.copyOf(classes);
  }

  /// A class that the input may show.
  ///
  /// @param label the output's number
  /// @param probability softmax of the mean logits, with a 95 % interval
  /// @param logit mean over the passes
  /// @param spread standard deviation of the logit over the passes; 0 of one pass
  public record Candidate(int label, Estimate probability, double logit, double spread) {}

  /// The answer of some passes.
  ///
  /// The interval is that of the probability that infinitely many passes would give. The log-odds
  /// of class c are the mean over the passes, to first order, of
  ///
  ///     x_c - sum over k of w_k x_k,   k other than c, w the softmax of the mean logits of those,
  ///
  /// so their error is Student's t, at T - 1 degrees of freedom, times the standard deviation of
  /// this contrast over the passes, over sqrt(T). That takes passes for independent: it is too wide
  /// for antithetic, scrambled and stratified ones, which err less together, and covers nothing
  /// of xor's. One pass shows no noise: it leaves everything open, from 0 to 1.
  ///
  /// @param passes by pass, then output
  /// @param random whether the passes have noise; without it the interval is a point
  /// @param most how many classes to name
  public static Answer of(double[][] passes, boolean random, int most) {
    double[] means = new double[passes[0].length];
    for (double[] pass : passes) {
      for (int c = 0; c < means.length; c++) {
        means[c] += pass[c] / passes.length;
      }
    }
    List<Candidate> classes =
        IntStream.range(0, means.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer c) -> -means[c]))
            .limit(most)
            .map(c ->
                new Candidate(
                    c,
                    probability(passes, means, c, random),
                    means[c],
                    deviation(Arrays.stream(passes).mapToDouble(pass -> pass[c]).toArray())))
            .toList();
    return new Answer(passes.length, classes);
  }

  private static Estimate probability(double[][] passes, double[] means, int c, boolean random) {
    if (means.length == 1) {
      return Estimate.exact(1);
    }
    double[] weights = othersSoftmax(means, c);
    double logOdds = means[c] - logSumOfOthers(means, c);
    double value = probability(logOdds);
    if (!random) {
      return Estimate.exact(value);
    }
    if (passes.length == 1) {
      return new Estimate(value, 0, 1);
    }
    double[] contrasts = new double[passes.length];
    for (int t = 0; t < passes.length; t++) {
      contrasts[t] = passes[t][c];
      for (int k = 0; k < weights.length; k++) {
        contrasts[t] -= weights[k] * passes[t][k];
      }
    }
    double half =
        StudentT.quantile(passes.length - 1) * deviation(contrasts) / Math.sqrt(passes.length);
    return new Estimate(value, probability(logOdds - half), probability(logOdds + half));
  }

  /// The softmax of all logits but one, whose weight is 0.
  private static double[] othersSoftmax(double[] means, int c) {
    double sum = logSumOfOthers(means, c);
    double[] weights = new double[means.length];
    for (int k = 0; k < means.length; k++) {
      weights[k] = k == c ? 0 : StrictMath.exp(means[k] - sum);
    }
    return weights;
  }

  private static double logSumOfOthers(double[] means, int c) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < means.length; k++) {
      most = k == c ? most : Math.max(most, means[k]);
    }
    double sum = 0;
    for (int k = 0; k < means.length; k++) {
      sum += k == c ? 0 : StrictMath.exp(means[k] - most);
    }
    return most + StrictMath.log(sum);
  }

  private static double probability(double logOdds) {
    return 1 / (1 + StrictMath.exp(-logOdds));
  }

  private static double deviation(double[] values) {
    if (values.length == 1) {
      return 0;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
