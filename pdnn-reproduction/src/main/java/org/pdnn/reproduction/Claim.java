package org.pdnn.reproduction;

import java.math.BigDecimal;
import java.util.OptionalDouble;

/// One number that the paper prints, beside ours.
///
/// @param place where the paper prints it, as in `fig. 6b`
/// @param quantity what it measures, in a few words
/// @param unit of both numbers; empty for ratios and counts
/// @param printed with the digits that the paper gives
/// @param ours computed from counts and constants; absent for what only hardware can tell
/// @param covered the largest relative difference that the reason accounts for; 0 if it does for
///   none
/// @param reason why they differ, or what their agreement rests on, in sentences; empty if there is
///   nothing to say
public record Claim(
    String place,
    String quantity,
    String unit,
    BigDecimal printed,
    OptionalDouble ours,
    double covered,
    String reason) {
  /// Relative differences up to this are none.
  static final double EQUAL = 1e-4;

  public Claim {
    if (printed.signum() == 0) {
      throw new IllegalArgumentException(
          "a printed number must not be 0: nothing is relative to it");
    }
    if (ours.isPresent() && !Double.isFinite(ours.getAsDouble())) {
      throw new IllegalArgumentException("our number must be finite, got " + ours.getAsDouble());
    }
    if (!(covered >= 0 && covered <= 1)) {
      throw new IllegalArgumentException("the covered difference must be 0 to 1, got " + covered);
    }
    if (reason.isBlank() && (covered > 0 || ours.isEmpty())) {
      throw new IllegalArgumentException("claim '%s' needs a reason".formatted(quantity));
    }
  }

  /// A number that should come out as the paper prints it.
  static Claim of(String place, String quantity, String unit, String printed, double ours) {
    return of(place, quantity, unit, new BigDecimal(printed), ours);
  }

  static Claim of(String place, String quantity, String unit, BigDecimal printed, double ours) {
    return new Claim(place, quantity, unit, printed, OptionalDouble.of(ours), 0, "");
  }

  /// A number that nothing here computes.
  static Claim notComputed(
      String place, String quantity, String unit, String printed, String reason) {
    return new Claim(
        place, quantity, unit, new BigDecimal(printed), OptionalDouble.empty(), 0, reason);
  }

  /// The same claim with what there is to say about it, which excuses no difference.
  Claim because(String words) {
    return new Claim(place, quantity, unit, printed, ours, 0, words);
  }

  /// The same claim with the reason for a difference of at most so much.
  Claim explained(double difference, String words) {
    return new Claim(place, quantity, unit, printed, ours, difference, words);
  }

  /// (ours - printed) / printed.
  public OptionalDouble relativeDifference() {
    return ours.isPresent()
        ? OptionalDouble.of(ours.getAsDouble() / printed.doubleValue() - 1)
        : OptionalDouble.empty();
  }

  /// Reproduced is what rounds to the printed digits or differs by at most 1e-4.
  public Verdict verdict() {
    if (ours.isEmpty()) {
      return Verdict.NOT_COMPUTED;
    }
    double difference = Math.abs(ours.getAsDouble() - printed.doubleValue());
    double relative = difference / Math.abs(printed.doubleValue());
    double halfADigit = printed.ulp().doubleValue() / 2;
    if (difference <= halfADigit || relative <= EQUAL) {
      return Verdict.REPRODUCED;
    }
    return relative <= covered ? Verdict.EXPLAINED : Verdict.NOT_REPRODUCED;
  }
}
