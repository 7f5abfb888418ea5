package org.pdnn.convert;

/// What a network answers to the inputs of a calibration: logits averaged over its passes.
final class Answers {
  /// By input, then output.
  private final double[][] logits;

  /// The true class of each input.
  private final int[] labels;

  Answers(double[][] logits, int[] labels) {
    this.logits = logits;
    this.labels = labels;
  }

  /// Share of inputs whose greatest logit is that of the true class.
  double accuracy() {
    int correct = 0;
    for (int i = 0; i < logits.length; i++) {
      correct += greatest(logits[i]) == labels[i] ? 1 : 0;
    }
    return (double) correct / logits.length;
  }

  /// Mean of -ln p(true class) when every logit is multiplied by `gain`.
  double negativeLogLikelihood(double gain) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      double most = gain * logits[i][greatest(logits[i])];
      double normaliser = 0;
      for (double logit : logits[i]) {
        normaliser += StrictMath.exp(gain * logit - most);
      }
      sum += StrictMath.log(normaliser) + most - gain * logits[i][labels[i]];
    }
    return sum / logits.length;
  }

  double negativeLogLikelihood() {
    return negativeLogLikelihood(1);
  }

  /// The largest absolute difference of two networks' logits for the same input and output.
  double largestDifference(Answers other) {
    double largest = 0;
    for (int i = 0; i < logits.length; i++) {
      for (int o = 0; o < logits[i].length; o++) {
        largest = Math.max(largest, Math.abs(logits[i][o] - other.logits[i][o]));
      }
    }
    return largest;
  }

  private static int greatest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }
}
