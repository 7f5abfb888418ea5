package org.pdnn.benchmark;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// Whole numbers from 1 on, counted in buckets less than 1 % wide, by any threads. Takes the same
/// memory however many there are, so that it does not show in a measurement of memory.
final class Histogram {
  /// Buckets of an octave, as a power of two.
  private static final int FRACTION_BITS = 7;

  private static final int SHIFT = 52 - FRACTION_BITS;
  private static final long FIRST = Double.doubleToLongBits(1) >>> SHIFT;

  private final AtomicLongArray buckets = new AtomicLongArray(Long.SIZE << FRACTION_BITS);
  private final AtomicLong greatest = new AtomicLong();

  void add(long value) {
    buckets.incrementAndGet(
        (int) ((Double.doubleToLongBits((double) Math.max(1, value)) >>> SHIFT) - FIRST));
    greatest.accumulateAndGet(value, Math::max);
  }

  /// How many were added.
  long count() {
    long count = 0;
    for (int i = 0; i < buckets.length(); i++) {
      count += buckets.get(i);
    }
    return count;
  }

  /// The least value that at least a share of all do not exceed, but for the width of a bucket; 0
  /// of none.
  double quantile(double share) {
    long wanted = Math.max(1, (long) Math.ceil(share * count()));
    long below = 0;
    for (int i = 0; i < buckets.length(); i++) {
      below += buckets.get(i);
      if (below >= wanted) {
        return Double.longBitsToDouble((FIRST + i) << SHIFT);
      }
    }
    return 0;
  }

  long greatest() {
    return greatest.get();
  }
}
