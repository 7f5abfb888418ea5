package org.pdnn.ising.dynamics;

import java.util.concurrent.CancellationException;

/// Ends long work when its thread is interrupted.
final class Interruption {
  private Interruption() {}

  /// @throws CancellationException if this thread is interrupted
  static void heed() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
