package org.pdnn.server.passes;

import java.time.Duration;
import java.util.Optional;

/// How long a request without a deadline may be kept waiting by others, before it is refused.
///
/// @param most that others may take; without it, 64 requests may be in work, however long they take
public record Patience(Optional<Duration> most) {
  /// For clients that each ask for one answer after the other.
  public static final Patience BURST = new Patience(Optional.empty());

  private static final int TOGETHER = 64;

  /// At most a time.
  public static Patience of(Duration most) {
    return new Patience(Optional.of(most));
  }

  /// Whether others are too many, or their passes take too long.
  boolean exceeded(int others, double nanos) {
    return most.isPresent() ? nanos > most.get().toNanos() : others >= TOGETHER;
  }
}
