package org.pdnn.reproduction;

import java.util.Optional;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.PairedDifference;

/// Something of the paper that must come out larger than something else, and what came of it: a
/// statement that holds at any budget, unlike a number.
///
/// @param place where the paper says so: `fig. 4a`
/// @param statement what is larger than what
/// @param difference how much larger, with its 95 % interval, in `unit`; negative if it is smaller
/// @param unit of the difference
public record Ordering(String place, String statement, Estimate difference, String unit) {
  /// Of shares that are compared in points of percent.
  static final String POINTS = "points";

  /// Where nothing of the paper is at stake.
  static final String BEYOND = "beyond the paper";

  public Ordering {
    if (statement.isBlank()) {
      throw new IllegalArgumentException("an ordering needs a statement");
    }
  }

  /// Two accuracies on the same images, for other images and other noise.
  static Ordering paired(String place, String statement, PairedDifference found) {
    return paired(place, statement, found, 0);
  }

  /// @param margin added to the difference: with 0.01 the one may be a point worse
  static Ordering paired(String place, String statement, PairedDifference found, double margin) {
    Estimate share = found.overInputs();
    return new Ordering(
        place,
        statement,
        scaled(
            100, new Estimate(share.value() + margin, share.low() + margin, share.high() + margin)),
        POINTS);
  }

  /// How much the one is above the other. The noise of both is taken for independent; where both
  /// are of the same words, as sources of randomness are that differ little, the interval is too
  /// wide.
  static Ordering above(
      String place, String statement, Estimate one, Estimate other, double factor, String unit) {
    double difference = one.value() - other.value();
    double down = Math.hypot(one.value() - one.low(), other.high() - other.value());
    double up = Math.hypot(one.high() - one.value(), other.value() - other.low());
    Estimate whole = new Estimate(difference, difference - down, difference + up);
    return new Ordering(place, statement, scaled(factor, whole), unit);
  }

  /// How much smaller the one is than the other, paired by set: latent variables or images of a set
  /// are the same for all. Empty if one of them was not measured so, or on too few sets for an
  /// interval.
  static Optional<Ordering> below(
      String place, String statement, double[] one, double[] other, double factor, String unit) {
    if (one.length < Estimate.FEWEST_REPETITIONS || one.length != other.length) {
      return Optional.empty();
    }
    double[] differences = new double[one.length];
    for (int i = 0; i < one.length; i++) {
      differences[i] = factor * (other[i] - one[i]);
    }
    return Optional.of(new Ordering(place, statement, Estimate.over(differences), unit));
  }

  private static Estimate scaled(double factor, Estimate value) {
    return new Estimate(factor * value.value(), factor * value.low(), factor * value.high());
  }

  /// Reproduced is what holds beyond its interval.
  public Verdict verdict() {
    return difference.low() > 0 ? Verdict.REPRODUCED : Verdict.NOT_REPRODUCED;
  }

  /// The verdict in words: what is within noise is told apart from what is the other way round.
  public String words() {
    if (difference.low() > 0) {
      return "holds";
    }
    return difference.high() < 0
        ? "not reproduced: the other way round"
        : "not reproduced: within the noise";
  }
}
