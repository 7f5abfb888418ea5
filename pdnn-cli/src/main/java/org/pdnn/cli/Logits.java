package org.pdnn.cli;

import java.util.Arrays;

/// Mean and spread of each class's logit over the passes of one input.
final class Logits {
  private final double[] means;
  private final double[] spreads;
  private final double total;

  private Logits(double[] means, double[] spreads) {
    this.means = means;
    this.spreads = spreads;
    double most = Arrays.stream(means).max().orElse(0);
    this.total =
        most + StrictMath.log(Arrays.stream(means).map(m -> StrictMath.exp(m - most)).sum());
  }

  static Logits of(double[][] passes) {
    double[] means = new double[passes[0].length];
    double[] spreads = new double[means.length];
    for (int c = 0; c < means.length; c++) {
      int output = c;
      double mean = Arrays.stream(passes).mapToDouble(pass -> pass[output]).average().orElse(0);
      double squares =
          Arrays.stream(passes)
              .mapToDouble(pass -> (pass[output] - mean) * (pass[output] - mean))
              .sum();
      means[c] = mean;
      spreads[c] = passes.length == 1 ? 0 : Math.sqrt(squares / (passes.length - 1));
    }
    return new Logits(means, spreads);
  }

  int classes() {
    return means.length;
  }

  double mean(int c) {
    return means[c];
  }

  /// The standard deviation over the passes; 0 if there is only one.
  double spread(int c) {
    return spreads[c];
  }

  /// Softmax of the mean logits.
  double probability(int c) {
    return StrictMath.exp(means[c] - total);
  }
}
