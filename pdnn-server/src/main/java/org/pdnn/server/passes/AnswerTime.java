package org.pdnn.server.passes;

/// How long answers take from their last pass to their clients: what must be left of a deadline
/// when the passes end. It rises at once and falls slowly, as it is the slowest that miss.
final class AnswerTime {
  private static final long LEAST_NANOS = 500_000;
  private static final double FALL = 1.0 / 64;

  private double nanos = LEAST_NANOS;

  synchronized void took(long some) {
    nanos = some > nanos ? some : Math.max(LEAST_NANOS, nanos + FALL * (some - nanos));
  }

  synchronized long nanos() {
    return (long) nanos;
  }
}
