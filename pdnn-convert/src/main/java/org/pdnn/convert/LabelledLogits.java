package org.pdnn.convert;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.evaluation.Correctness;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.sampling.Outputs;

/// What a network answers to the inputs of a calibration: logits averaged over its passes.
final class LabelledLogits {
  /// By input, then output.
  private final double[][] logits;

  /// The true class of each input.
  private final int[] labels;

  LabelledLogits(double[][] logits, int[] labels) {
    this.logits = logits;
    this.labels = labels;
  }

  /// Which inputs have their greatest logit at the true class.
  Correctness correctness() {
    BitSet right = new BitSet(logits.length);
    for (int i = 0; i < logits.length; i++) {
      right.set(i, Outputs.argmax(logits[i]) == labels[i]);
    }
    return new Correctness(logits.length, List.of(right));
  }

  /// The accuracy lost since another network answered the same inputs, a share, with its interval.
  PairedDifference lossSince(LabelledLogits other) {
    return PairedDifference.of(other.correctness(), correctness());
  }

  /// Share of inputs whose greatest logit is that of the true class.
  double accuracy() {
    return correctness().accuracy(0);
  }

  /// Mean of -ln p(true class) when every logit is multiplied by `gain`.
  double negativeLogLikelihood(double gain) {
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      sum += surprise(i, gain);
    }
    return sum / logits.length;
  }

  private double surprise(int input, double gain) {
    double[] row = logits[input];
    double most = gain * row[Outputs.argmax(row)];
    double normaliser = 0;
    for (double logit : row) {
      normaliser += StrictMath.exp(gain * logit - most);
    }
    return StrictMath.log(normaliser) + most - gain * row[labels[input]];
  }

  /// How much less the mean of -ln p(true class) is than another network's for the same inputs,
  /// with the interval that it would have on others.
  Estimate likelierThan(LabelledLogits other) {
    return Estimate.over(
        IntStream.range(0, logits.length)
            .mapToDouble(i -> other.surprise(i, 1) - surprise(i, 1))
            .toArray());
  }

  double negativeLogLikelihood() {
    return negativeLogLikelihood(1);
  }

  /// The largest absolute difference of two networks' logits for the same input and output.
  double largestDifference(LabelledLogits other) {
    double largest = 0;
    for (int i = 0; i < logits.length; i++) {
      for (int o = 0; o < logits[i].length; o++) {
        largest = Math.max(largest, Math.abs(logits[i][o] - other.logits[i][o]));
      }
    }
    return largest;
  }
}
