package org.pdnn.sampling;

import org.pdnn.names.Choice;

/// What is averaged over the T passes. The paper leaves it open; logits are the default.
public enum Outputs {
  /// Mean logits, then one softmax.
  LOGITS {
    @Override
    public double[] average(double[][] passes, int samples) {
      return mean(passes, samples);
    }

    @Override
    public double[] probabilities(double[] average) {
      return softmax(average);
    }
  },
  /// A softmax for each pass, then the mean of the probabilities.
  PROBABILITIES {
    @Override
    public double[] average(double[][] passes, int samples) {
      double[][] probabilities = new double[samples][];
      for (int t = 0; t < samples; t++) {
        probabilities[t] = softmax(passes[t]);
      }
      return mean(probabilities, samples);
    }

    @Override
    public double[] probabilities(double[] average) {
      return average;
    }
  };

  /// The T-average of the first passes. Its greatest value names the class.
  ///
  /// @param passes logits by pass and class
  /// @param samples T, at least 1
  public abstract double[] average(double[][] passes, int samples);

  /// The probabilities of the classes that follow from a T-average.
  public abstract double[] probabilities(double[] average);

  /// The name on the command line and in results, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }

  /// Index of the greatest value; of equal ones, the lowest index.
  public static int argmax(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[best]) {
        best = i;
      }
    }
    return best;
  }

  /// exp(z_i) / sum over j of exp(z_j); StrictMath for equal bits everywhere.
  public static double[] softmax(double[] logits) {
    double greatest = logits[argmax(logits)];
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = StrictMath.exp(logits[i] - greatest);
      sum += probabilities[i];
    }
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] /= sum;
    }
    return probabilities;
  }

  /// The mean of the first rows, summed in their order and then divided.
  ///
  /// @param count how many rows, at least 1
  public static double[] mean(double[][] rows, int count) {
    double[] mean = rows[0].clone();
    for (int row = 1; row < count; row++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += rows[row][i];
      }
    }
    for (int i = 0; i < mean.length; i++) {
      mean[i] /= count;
    }
    return mean;
  }
}
