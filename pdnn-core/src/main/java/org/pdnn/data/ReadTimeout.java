package org.pdnn.data;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/// Closes a stream that brings too little, so that its reader does not wait for ever.
///
/// The JDK's HTTP client limits the wait for a response's head, not for its body. Since every wait
/// must bring a least number of bytes, a body of known length ends in a known time.
final class ReadTimeout implements AutoCloseable {
  /// Bytes that a wait must bring: 256 KiB, in 30 seconds 9 kB a second.
  static final int LEAST = 1 << 18;

  private final Thread watch;
  private volatile long lastReward = System.nanoTime();
  private int sinceReward;

  /// @param body the stream to close
  /// @param longest how long [#LEAST] bytes may take
  ReadTimeout(InputStream body, Duration longest) {
    this.watch = Thread.ofVirtual().start(() -> watch(body, longest));
  }

  /// Tells that bytes arrived; called by one thread.
  void rewarded(int bytes) {
    sinceReward += bytes;
    if (sinceReward >= LEAST) {
      sinceReward = 0;
      lastReward = System.nanoTime();
    }
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
