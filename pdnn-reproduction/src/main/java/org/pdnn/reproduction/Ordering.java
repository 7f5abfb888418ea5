package org.pdnn.reproduction;

/// Something of the paper that must come out larger than something else, and what came of it: a
/// statement that holds at any budget, unlike a number.
///
/// @param place where the paper says so: `fig. 4a`
/// @param statement what is larger than what
/// @param difference how much larger, in `unit`; negative if it is smaller
/// @param low lower bound of its 95 % interval
/// @param high upper bound
/// @param unit of the three
public record Ordering(
    String place, String statement, double difference, double low, double high, String unit) {
  public Ordering {
    if (statement.isBlank()) {
      throw new IllegalArgumentException("an ordering needs a statement");
    }
    if (!(low <= difference && difference <= high)) {
      throw new IllegalArgumentException(
          "a difference must lie within its bounds, got %s in [%s, %s]"
              .formatted(difference, low, high));
    }
  }

  /// The same difference in a smaller unit.
  ///
  /// @param factor units that one of the old ones has, above 0
  Ordering in(double factor, String smaller) {
    return new Ordering(
        place, statement, factor * difference, factor * low, factor * high, smaller);
  }

  /// Reproduced is what holds beyond its interval.
  public Verdict verdict() {
    return low > 0 ? Verdict.REPRODUCED : Verdict.NOT_REPRODUCED;
  }

  /// The verdict in words: what is within noise is told apart from what is the other way round.
  public String words() {
    if (low > 0) {
      return "holds";
    }
    return high < 0 ? "not reproduced: the other way round" : "not reproduced: within the noise";
  }
}
