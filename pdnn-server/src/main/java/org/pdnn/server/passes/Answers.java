package org.pdnn.server.passes;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Answers between their last pass and their clients: how many lie there, and how long they take.
final class Answers {
  static final long LEAST_NANOS = 500_000;
  private static final double HALF_LIFE_NANOS = 2e9;
  private static final long PAUSE_NANOS = 50_000;

  private final AtomicInteger lying = new AtomicInteger();
  private long latest = LEAST_NANOS;
  private long at = System.nanoTime();

  /// One more lies there.
  void ended() {
    lying.incrementAndGet();
  }

  /// One less lies there.
  void taken() {
    lying.decrementAndGet();
  }

  int lying() {
    return lying.get();
  }

  /// Leaves the processor to those that send answers, while any lie there. Passes that would go on
  /// meanwhile take their time from answers that are late already.
  ///
  /// @param most nanoseconds that this takes
  @SuppressWarnings("ThreadPriorityCheck") // nothing but the time of answers depends on it
  void giveWay(long most) {
    long end = System.nanoTime() + most;
    Thread.yield();
    while (lying.get() > 0 && System.nanoTime() < end) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// An answer has reached its client so long after its passes should have ended, or have.
  synchronized void late(long some) {
    if (some > nanos()) {
      latest = some;
      at = System.nanoTime();
    }
  }

  /// What must be left of a deadline when the passes should end: as much as the latest answer of
  /// late needed, for what makes answers late comes again, as the collector of garbage does. Half
  /// of it is forgotten every two seconds.
  synchronized long nanos() {
    double halvings = (System.nanoTime() - at) / HALF_LIFE_NANOS;
    return Math.max(LEAST_NANOS, (long) (latest * Math.pow(0.5, halvings)));
  }
}
