package org.pdnn.evaluation;

/// Sums of the measures over inputs.
///
/// Sums are integers, real numbers in units of 2^-30, so that neither the order of the inputs nor
/// their division among threads can change a bit.
final class Tally {
  static final int BINS = 15;

  private static final double UNIT = 0x1p30;

  private long inputs;
  private long correct;
  private long agreed;
  private long negativeLogLikelihood;
  private long brier;

  /// By bin: right answers less confidence.
  private final long[] gaps = new long[BINS];

  /// Counts one input.
  ///
  /// @param probabilities of the classes
  /// @param chosen the predicted class, whose probability is the highest
  /// @param label the true class
  /// @param twin the class that the deterministic twin predicts
  void add(double[] probabilities, int chosen, int label, int twin) {
    inputs++;
    correct += chosen == label ? 1 : 0;
    agreed += chosen == twin ? 1 : 0;
    double likelihood = Math.max(probabilities[label], Double.MIN_VALUE);
    negativeLogLikelihood += units(-StrictMath.log(likelihood));
    double squares = 0;
    for (int i = 0; i < probabilities.length; i++) {
      double error = probabilities[i] - (i == label ? 1 : 0);
      squares += error * error;
    }
    brier += units(squares);
    double confidence = probabilities[chosen];
    gaps[bin(confidence)] += units((chosen == label ? 1 : 0) - confidence);
  }

  /// Takes over what another tally has counted.
  void merge(Tally other) {
    inputs += other.inputs;
    correct += other.correct;
    agreed += other.agreed;
    negativeLogLikelihood += other.negativeLogLikelihood;
    brier += other.brier;
    for (int bin = 0; bin < BINS; bin++) {
      gaps[bin] += other.gaps[bin];
    }
  }

  /// Share of inputs whose predicted class is the true one.
  double accuracy() {
    return (double) correct / inputs;
  }

  /// Share of inputs to which the deterministic twin gives the same class.
  double agreement() {
    return (double) agreed / inputs;
  }

  /// Mean of -ln p(true class). A probability below the least positive double counts as that one,
  /// so that an input costs 744.4 at most.
  double negativeLogLikelihood() {
    return negativeLogLikelihood / UNIT / inputs;
  }

  /// Mean over inputs of the sum over classes of (p - 1[true class])^2, 0 to 2.
  ///
  /// G. W. Brier, "Verification of forecasts expressed in terms of probability", 1950.
  double brier() {
    return brier / UNIT / inputs;
  }

  /// Sum over the bins B of |B| / n |accuracy(B) - confidence(B)|, the inputs put by their highest
  /// probability into 15 bins ((m - 1) / 15, m / 15].
  ///
  /// C. Guo, G. Pleiss, Y. Sun, K. Q. Weinberger, "On calibration of modern neural networks", ICML
  /// 2017, equation 3.
  double expectedCalibrationError() {
    long sum = 0;
    for (long gap : gaps) {
      sum += Math.abs(gap);
    }
    return sum / UNIT / inputs;
  }

  private static int bin(double confidence) {
    return Math.clamp((long) Math.ceil(confidence * BINS) - 1, 0, BINS - 1);
  }

  private static long units(double value) {
    return Math.round(value * UNIT);
  }
}
