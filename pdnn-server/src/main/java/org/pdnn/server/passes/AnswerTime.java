package org.pdnn.server.passes;

/// How long answers take from their last pass to their clients: what must be left of a deadline
/// when the passes end. It is that of the slowest of late, as it is the slowest that miss: it rises
/// at once and is halved with each quarter of a second.
final class AnswerTime {
  static final long LEAST_NANOS = 500_000;
  private static final double HALF_LIFE_NANOS = 250e6;

  private long slowest = LEAST_NANOS;
  private long at = System.nanoTime();

  synchronized void took(long some) {
    if (some > nanos()) {
      slowest = some;
      at = System.nanoTime();
    }
  }

  synchronized long nanos() {
    double halvings = (System.nanoTime() - at) / HALF_LIFE_NANOS;
    return Math.max(LEAST_NANOS, (long) (slowest * Math.pow(0.5, halvings)));
  }
}
