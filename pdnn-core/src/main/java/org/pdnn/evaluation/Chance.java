package org.pdnn.evaluation;

import java.util.Locale;

/// A classifier's accuracy beside that of always naming the most frequent class. A network that is
/// hardly better says nothing about what became of it.
///
/// @param accuracy share of inputs classified correctly
/// @param inputs how many there are
/// @param largest share of the inputs that are of the most frequent class
public record Chance(double accuracy, int inputs, double largest) {
  /// Odds of an end of a two-sided 95 % interval.
  private static final double TAIL = 0.025;

  /// How much of the way from chance to no error must be made. Untrained networks make some by
  /// luck: of 240 on 1,000 digits none more than 0.06.
  private static final double WAY = 0.1;

  public Chance {
    if (inputs < 1 || !(accuracy >= 0 && accuracy <= 1) || !(largest > 0 && largest <= 1)) {
      throw new IllegalArgumentException(
          "an accuracy and a share of at least one input must be 0 to 1, got %s and %s of %s"
              .formatted(accuracy, largest, inputs));
    }
  }

  /// Whether the accuracy for other inputs is more than that of always naming the most frequent
  /// class, by a tenth of what is left: the low end of its 95 % interval is. The interval is exact
  /// (C. J. Clopper, E. S. Pearson, Biometrika 26, 1934).
  public boolean beaten() {
    return above(largest + WAY * (1 - largest));
  }

  /// Whether the interval lies above a share.
  private boolean above(double share) {
    return tail(Math.toIntExact(Math.round(accuracy * inputs)), share) <= TAIL;
  }

  /// P(at least so many of the inputs are right), if each is with the odds of a share.
  private double tail(int right, double share) {
    if (right == 0 || share == 1) {
      return 1;
    }
    double odds = share / (1 - share);
    double logarithm = inputs * Math.log1p(-share);
    for (int i = 0; i < right; i++) {
      logarithm += Math.log((inputs - i) / (i + 1.0) * odds);
    }
    double term = Math.exp(logarithm);
    double sum = 0;
    for (int i = right; i <= inputs; i++) {
      sum += term;
      term *= (inputs - i) / (i + 1.0) * odds;
    }
    return sum;
  }

  /// What it means not to beat chance and the usual reasons, as a phrase.
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%.2f %% right on %d images %s always naming the most frequent class (%.2f %%); usual"
            + " reasons: pixels that are not normalised as in training, another order of channels"
            + " or of classes, other data, or no training",
        100 * accuracy,
        inputs,
        above(largest) ? "is little more than" : "cannot be told from",
        100 * largest);
  }
}
