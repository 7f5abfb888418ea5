package org.pdnn.sampling;

import java.util.Arrays;
import java.util.stream.IntStream;

/// What T passes say of one input: mean logits, the class they name, and what the noise leaves
/// open. The passes are kept, so that what is seldom asked for is computed when it is.
public final class Answer {
  private final double[][] passes;
  private final boolean random;
  private final double[] logits;
  private final int label;

  private Answer(double[][] passes, boolean random) {
    this.passes = passes;
    this.random = random;
    this.logits = Outputs.mean(passes, passes.length);
    this.label = Outputs.argmax(logits);
  }

  /// The answer of some passes.
  ///
  /// @param passes logits by pass and class, not to be changed afterwards
  /// @param random whether the passes have noise; without it, one says all
  /// @throws IllegalArgumentException if there is no pass
  public static Answer of(double[][] passes, boolean random) {
    if (passes.length == 0) {
      throw new IllegalArgumentException("an answer needs at least 1 pass, got 0");
    }
    return new Answer(passes, random);
  }

  /// T, the passes that were averaged; 1 if the run averaged layer by layer or had no noise.
  public int samples() {
    return passes.length;
  }

  /// How many classes there are.
  public int classes() {
    return logits.length;
  }

  /// Whether other passes could have answered differently.
  public boolean random() {
    return random;
  }

  /// The class, from 0: that of the greatest mean logit; of equal ones, the lowest.
  public int label() {
    return label;
  }

  /// The mean logits by class.
  public double[] logits() {
    return logits.clone();
  }

  /// The softmax of the mean logits by class.
  public double[] probabilities() {
    return Outputs.softmax(logits);
  }

  /// Standard deviation of a class's logit over the passes; 0 of one pass.
  public double spread(int c) {
    return deviation(Arrays.stream(passes).mapToDouble(pass -> pass[c]).toArray());
  }

  /// The probability, from 0 to 1, that infinitely many passes name the same class. It takes passes
  /// for independent and normal, as [SettledTest] does, and adds the errors of all rivals: what is
  /// told is the least it may be. One random pass says nothing, 0, nor do several that show no
  /// noise; without noise it is 1.
  public double settled() {
    if (!random || classes() == 1) {
      return 1;
    }
    if (samples() == 1) {
      return 0;
    }
    Lead lead = new Lead(passes);
    if (lead.still()) {
      return 0;
    }
    double error =
        IntStream.range(0, classes())
            .filter(rival -> rival != label)
            .mapToDouble(rival -> StudentTail.probability(lead.errors(rival), lead.freedom()))
            .sum();
    return Math.max(0, 1 - error);
  }

  /// The logarithm of p / (1 - p), p the probability of a class.
  public double logOdds(int c) {
    return logits[c] - logSumOfOthers(c);
  }

  /// Standard deviation of a class's log-odds over the passes; 0 of one pass.
  ///
  /// To first order, the log-odds of class c are the mean over the passes of
  ///
  ///     x_c - sum over k of w_k x_k,   k other than c, w the softmax of the mean logits of those,
  ///
  /// and this is the deviation of that contrast. Over sqrt(T) it is the standard error of the
  /// log-odds if passes are independent: too large for antithetic, scrambled and stratified ones,
  /// which err less together, and it says nothing about xor's.
  public double logOddsSpread(int c) {
    double[] weights = othersSoftmax(c);
    double[] contrasts = new double[passes.length];
    for (int t = 0; t < passes.length; t++) {
      contrasts[t] = passes[t][c];
      for (int k = 0; k < weights.length; k++) {
        contrasts[t] -= weights[k] * passes[t][k];
      }
    }
    return deviation(contrasts);
  }

  /// The softmax of all logits but one, whose weight is 0.
  private double[] othersSoftmax(int c) {
    double sum = logSumOfOthers(c);
    double[] weights = new double[logits.length];
    for (int k = 0; k < logits.length; k++) {
      weights[k] = k == c ? 0 : StrictMath.exp(logits[k] - sum);
    }
    return weights;
  }

  private double logSumOfOthers(int c) {
    double most = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < logits.length; k++) {
      most = k == c ? most : Math.max(most, logits[k]);
    }
    double sum = 0;
    for (int k = 0; k < logits.length; k++) {
      sum += k == c ? 0 : StrictMath.exp(logits[k] - most);
    }
    return most + StrictMath.log(sum);
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
