package org.pdnn.energy;

import java.util.Arrays;

/// How often each operation is done. Energy is work times [Technology]: linear in every constant,
/// and [#count] is its derivative in one.
///
/// Counts are finite and at least 0; not whole where an operation is done at times (half of the
/// adds) or in part (a multiplication by 3 of 32 bits).
public final class Work {
  public static final Work NONE = new Work(new double[Operation.values().length]);

  /// By operation, in the order of the enum.
  private final double[] counts;

  private Work(double[] counts) {
    this.counts = counts;
    for (int i = 0; i < counts.length; i++) {
      if (!(counts[i] >= 0 && counts[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the count of %s must be at least 0 and finite, got %s"
                .formatted(Operation.values()[i].noun(), counts[i]));
      }
    }
  }

  /// One operation so many times.
  public static Work of(Operation operation, double count) {
    double[] counts = NONE.counts.clone();
    counts[operation.ordinal()] = count;
    return new Work(counts);
  }

  /// How often an operation is done, which is also how much the energy grows for each joule that
  /// the operation takes.
  public double count(Operation operation) {
    return counts[operation.ordinal()];
  }

  public Work plus(Work other) {
    double[] sums = counts.clone();
    for (int i = 0; i < sums.length; i++) {
      sums[i] += other.counts[i];
    }
    return new Work(sums);
  }

  /// So many times this work.
  public Work times(long count) {
    return times((double) count);
  }

  /// A part or a multiple of this work.
  public Work times(double factor) {
    double[] products = counts.clone();
    for (int i = 0; i < products.length; i++) {
      products[i] *= factor;
    }
    return new Work(products);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Work that && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return Arrays.toString(counts);
  }
}
