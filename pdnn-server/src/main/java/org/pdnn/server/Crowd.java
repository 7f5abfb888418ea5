package org.pdnn.server;

import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// Requests that wait to be read, and answers that wait to be sent. Where passes are short, this is
/// where requests wait, and nothing else sees them.
final class Crowd {
  /// Threads that want a processor: those of 64 clients who each ask for one answer after the other
  /// are fewer.
  static final int MOST = 96;

  /// So long a crowd is taken to last: what is refused takes little time, so that a crowd is gone
  /// before it is seen to go.
  private static final long LASTS_NANOS = 10_000_000;

  private final IntSupplier queued;
  private volatile long until = System.nanoTime();

  /// @param queued threads that want a processor
  Crowd(IntSupplier queued) {
    this.queued = queued;
  }

  /// Of all virtual threads, one of which serves each connection.
  static Crowd ofConnections() {
    VirtualThreadSchedulerMXBean threads =
        ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
    return new Crowd(() -> (int) threads.getQueuedVirtualThreadCount());
  }

  /// Refuses a request, before it is even read, while there is a crowd.
  void admit() throws RequestException {
    long now = System.nanoTime();
    if (queued.getAsInt() >= MOST) {
      until = now + LASTS_NANOS;
    }
    if (now < until) {
      throw new RequestException(
          Kind.FULL, "too many requests and answers wait for a processor; try again later");
    }
  }
}
