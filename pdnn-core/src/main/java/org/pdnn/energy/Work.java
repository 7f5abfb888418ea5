package org.pdnn.energy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// How often each operation is done. Energy is work times [Technology]: linear in every constant,
/// and [#count] is its derivative in one.
///
/// @param counts finite and at least 0; not whole where an operation is done at times (half of the
///   adds) or in part (a multiplication by 3 of 32 bits). Operations that are not done have none
public record Work(Map<Operation, Double> counts) {
  public static final Work NONE = new Work(Map.of());

  public Work {
    Map<Operation, Double> done = new EnumMap<>(Operation.class);
    counts.forEach((operation, count) -> {
      if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the count of %s must be at least 0 and finite, got %s"
                .formatted(operation.noun(), count));
      }
      if (count > 0) {
        done.put(operation, count);
      }
    });
    counts = Collections.unmodifiableMap(done);
  }

  /// One operation so many times.
  public static Work of(Operation operation, double count) {
    return new Work(Map.of(operation, count));
  }

  /// How often an operation is done, which is also how much the energy grows for each joule that
  /// the operation takes.
  public double count(Operation operation) {
    return counts.getOrDefault(operation, 0.0);
  }

  public Work plus(Work other) {
    Map<Operation, Double> sums = new EnumMap<>(Operation.class);
    sums.putAll(counts);
    other.counts.forEach((operation, count) -> sums.merge(operation, count, Double::sum));
    return new Work(sums);
  }

  /// So many times this work.
  public Work times(long count) {
    return times((double) count);
  }

  /// A part or a multiple of this work.
  public Work times(double factor) {
    Map<Operation, Double> products = new EnumMap<>(Operation.class);
    counts.forEach((operation, count) -> products.put(operation, count * factor));
    return new Work(products);
  }
}
