package org.pdnn.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Closes a stream that has been silent for too long, so that its reader does not wait for ever.
///
/// The JDK's HTTP client limits the wait for a response's head, not for its body.
final class Patience implements AutoCloseable {
  private final Thread watch;
  private volatile long lastReward = System.nanoTime();

  /// @param body the stream to close after a silence
  /// @param longest the longest silence
  Patience(InputStream body, Duration longest) {
    this.watch = Thread.ofVirtual().start(() -> watch(body, longest));
  }

  /// Tells that something arrived.
  void rewarded() {
    lastReward = System.nanoTime();
  }

  private void watch(InputStream body, Duration longest) {
    try {
      long left;
      while ((left = lastReward + longest.toNanos() - System.nanoTime()) > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
      body.close();
    } catch (InterruptedException e) {
      // The reader is done.
    } catch (IOException e) {
      // The reader meets the same failure and reports it.
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
