package org.pdnn.energy;

/// How often each operation is done. Energy is work times [Technology]: linear in every constant,
/// and [#count] is its derivative in one.
///
/// Counts are finite and at least 0; not whole where an operation is done at times (half of the
/// adds) or in part (a multiplication by 3 of 32 bits).
public record Work(
    double weightBits,
    double activationBits,
    double multiplications,
    double additions,
    double activations,
    double draws,
    double comparisons,
    double cacheBits,
    double overheads) {
  public static final Work NONE = new Work(0, 0, 0, 0, 0, 0, 0, 0, 0);

  public Work {
    require("weight bits", weightBits);
    require("activation bits", activationBits);
    require("multiplications", multiplications);
    require("additions", additions);
    require("activations", activations);
    require("draws", draws);
    require("comparisons", comparisons);
    require("cache bits", cacheBits);
    require("overheads", overheads);
  }

  private static void require(String name, double count) {
    if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the count of %s must be at least 0 and finite, got %s".formatted(name, count));
    }
  }

  /// One operation so many times.
  public static Work of(Operation operation, double count) {
    return switch (operation) {
      case WEIGHT_BIT -> new Work(count, 0, 0, 0, 0, 0, 0, 0, 0);
      case ACTIVATION_BIT -> new Work(0, count, 0, 0, 0, 0, 0, 0, 0);
      case MULTIPLY -> new Work(0, 0, count, 0, 0, 0, 0, 0, 0);
      case ADD -> new Work(0, 0, 0, count, 0, 0, 0, 0, 0);
      case ACTIVATE -> new Work(0, 0, 0, 0, count, 0, 0, 0, 0);
      case DRAW -> new Work(0, 0, 0, 0, 0, count, 0, 0, 0);
      case COMPARE -> new Work(0, 0, 0, 0, 0, 0, count, 0, 0);
      case CACHE_BIT -> new Work(0, 0, 0, 0, 0, 0, 0, count, 0);
      case OVERHEAD -> new Work(0, 0, 0, 0, 0, 0, 0, 0, count);
    };
  }

  /// How often an operation is done, which is also how much the energy grows for each joule that
  /// the operation takes.
  public double count(Operation operation) {
    return switch (operation) {
      case WEIGHT_BIT -> weightBits;
      case ACTIVATION_BIT -> activationBits;
      case MULTIPLY -> multiplications;
      case ADD -> additions;
      case ACTIVATE -> activations;
      case DRAW -> draws;
      case COMPARE -> comparisons;
      case CACHE_BIT -> cacheBits;
      case OVERHEAD -> overheads;
    };
  }

  public Work plus(Work other) {
    return new Work(
        weightBits + other.weightBits,
        activationBits + other.activationBits,
        multiplications + other.multiplications,
        additions + other.additions,
        activations + other.activations,
        draws + other.draws,
        comparisons + other.comparisons,
        cacheBits + other.cacheBits,
        overheads + other.overheads);
  }

  /// So many times this work.
  public Work times(long count) {
    return times((double) count);
  }

  /// A part or a multiple of this work.
  public Work times(double factor) {
    return new Work(
        weightBits * factor,
        activationBits * factor,
        multiplications * factor,
        additions * factor,
        activations * factor,
        draws * factor,
        comparisons * factor,
        cacheBits * factor,
        overheads * factor);
  }
}
