package org.pdnn.energy;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// How often each operation is done. Energy is work times [Technology], so it is linear in every
/// constant.
///
/// @param counts finite, at least 0; not whole where an operation is done at times (half of the
///   adds) or in part (a multiplication by 3 of 32 bits)
public record Work(Map<Operation, Double> counts) {
  public static final Work NONE = new Work(Map.of());

  public Work {
    EnumMap<Operation, Double> copy = new EnumMap<>(Operation.class);
    copy.putAll(counts);
    copy.forEach((operation, count) -> {
      if (!(count >= 0 && count < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the count of %s must be at least 0 and finite, got %s"
                .formatted(operation.key(), count));
      }
    });
    counts = Collections.unmodifiableMap(copy);
  }

  /// One operation so many times.
  public static Work of(Operation operation, double count) {
    return new Work(Map.of(operation, count));
  }

  public double count(Operation operation) {
    return counts.getOrDefault(operation, 0.0);
  }

  public Work plus(Work other) {
    EnumMap<Operation, Double> sum = new EnumMap<>(Operation.class);
    sum.putAll(counts);
    other.counts.forEach((operation, count) -> sum.merge(operation, count, Double::sum));
    return new Work(sum);
  }

  public Work times(long factor) {
    EnumMap<Operation, Double> product = new EnumMap<>(Operation.class);
    counts.forEach((operation, count) -> product.put(operation, count * (double) factor));
    return new Work(product);
  }
}
