package org.pdnn.convert;

/// One factor on all logits, an inverse temperature: it makes probabilities honest and changes no
/// predicted class.
///
/// C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On calibration of modern neural networks", ICML
/// 2017, section 4.2.
///
/// @param factor what the logits are multiplied by
/// @param negativeLogLikelihood that comes of it
record LogitGain(double factor, double negativeLogLikelihood) {
  private static final double MOST = 16;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
  private static final int STEPS = 30;

  /// The factor from 1/16 to 16 of the least negative log-likelihood, which is convex in it.
  static LogitGain best(LabelledLogits answers) {
    double low = -Math.log(MOST);
    double high = Math.log(MOST);
    for (int step = 0; step < STEPS; step++) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (at(answers, left) <= at(answers, right)) {
        high = right;
      } else {
        low = left;
      }
    }
    double factor = Math.exp((low + high) / 2);
    return new LogitGain(factor, answers.negativeLogLikelihood(factor));
  }

  private static double at(LabelledLogits answers, double logarithm) {
    return answers.negativeLogLikelihood(Math.exp(logarithm));
  }
}
