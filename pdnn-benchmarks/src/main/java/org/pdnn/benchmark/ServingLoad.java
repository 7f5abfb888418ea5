package org.pdnn.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Requests by several connections at once, and what became of each.
final class ServingLoad {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  /// No time.
  private static final long NONE = Long.MIN_VALUE;

  private static final double NANOS_PER_SECOND = 1e9;

  /// Nanoseconds of those that were answered, and of those that were told to come again.
  final Histogram answered = new Histogram();

  final Histogram refused = new Histogram();

  /// Passes of answers.
  final Histogram samples = new Histogram();

  /// Answers without a pass.
  final LongAdder empty = new LongAdder();

  /// Answers within the limit.
  final LongAdder inTime = new LongAdder();

  /// Replies of another kind, and requests without any.
  final LongAdder other = new LongAdder();

  final LongAdder lost = new LongAdder();

  private final InetSocketAddress address;
  private final byte[][] requests;
  private final long limitNanos;
  private final AtomicLong next = new AtomicLong();
  private long tookNanos;

  /// @param requests sent in turn
  /// @param limit within which an answer is in time
  ServingLoad(InetSocketAddress address, byte[][] requests, Duration limit) {
    this.address = address;
    this.requests = requests;
    this.limitNanos = limit.toNanos();
  }

  /// When each request begins, by [System#nanoTime].
  @FunctionalInterface
  private interface Arrivals {
    /// Waits for the time of a request; [#NONE] if there is no further one.
    long await(long number);
  }

  /// Each connection asks again once it has its answer, until so many are asked in all.
  ServingLoad closed(int connections, long count) {
    return run(connections, number -> number < count ? System.nanoTime() : NONE);
  }

  /// Each connection asks again once it has its answer, for a time.
  ServingLoad closed(int connections, Duration time) {
    long end = System.nanoTime() + time.toNanos();
    return run(
        connections,
        _ -> {
          long now = System.nanoTime();
          return now < end ? now : NONE;
        });
  }

  /// Requests come at a steady rate, whatever becomes of them. One that has to wait for a free
  /// connection is late, and counts from when it should have been sent.
  ServingLoad open(int connections, double perSecond, Duration time) {
    long start = System.nanoTime();
    long count = (long) (perSecond * time.toNanos() / NANOS_PER_SECOND);
    return run(
        connections,
        number -> {
          long due = start + (long) (number / perSecond * NANOS_PER_SECOND);
          for (long left = due - System.nanoTime(); number < count && left > 0; ) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
          }
          return number < count ? due : NONE;
        });
  }

  private ServingLoad run(int connections, Arrivals arrivals) {
    long start = System.nanoTime();
    try (ExecutorService pool =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      for (int i = 0; i < connections; i++) {
        pool.execute(() -> ask(arrivals));
      }
    }
    tookNanos = System.nanoTime() - start;
    return this;
  }

  /// One connection's requests; one that breaks costs its request and is opened anew.
  private void ask(Arrivals arrivals) {
    long number = next.getAndIncrement();
    long due = arrivals.await(number);
    while (due != NONE) {
      try (ServingClient client = new ServingClient(address)) {
        while (due != NONE) {
          note(client.ask(requests[(int) (number % requests.length)]), System.nanoTime() - due);
          number = next.getAndIncrement();
          due = arrivals.await(number);
        }
      } catch (IOException e) {
        lost.increment();
        number = next.getAndIncrement();
        due = arrivals.await(number);
      }
    }
  }

  private void note(ServingClient.Reply reply, long nanos) {
    switch (reply.status()) {
      case OK -> {
        answered.add(nanos);
        samples.add(reply.last());
        empty.add(reply.last() < 1 ? 1 : 0);
        inTime.add(nanos <= limitNanos ? 1 : 0);
      }
      case TOO_MANY, UNAVAILABLE -> {
        if (reply.again()) {
          refused.add(nanos);
        } else {
          other.increment();
        }
      }
      default -> other.increment();
    }
  }

  /// Replies per second.
  double perSecond(long replies) {
    return replies * NANOS_PER_SECOND / tookNanos;
  }
}
