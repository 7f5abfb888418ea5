package org.pdnn.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Requests by several connections at once, and what became of each.
final class ServingLoad {
  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;

  /// No time.
  private static final long NONE = Long.MIN_VALUE;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final long LOOK_NANOS = 1_000_000_000;

  /// Replies are seen at most so late while the time of the next request is awaited.
  private static final long PAUSE_NANOS = 50_000;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

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
  private long tookNanos;
  private long cpuNanos;

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
    /// The time of a request that a connection is free for; [#NONE] if there is no further one.
    long due(long number);
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
        number -> number < count ? start + (long) (number / perSecond * NANOS_PER_SECOND) : NONE);
  }

  private ServingLoad run(int connections, Arrivals arrivals) {
    long start = System.nanoTime();
    long cpu = THREADS.getCurrentThreadCpuTime();
    try (Selector selector = Selector.open()) {
      new Clients(selector, connections, arrivals).run();
    } catch (IOException e) {
      throw new UncheckedIOException("the clients cannot wait for their replies", e);
    }
    cpuNanos = THREADS.getCurrentThreadCpuTime() - cpu;
    tookNanos = System.nanoTime() - start;
    return this;
  }

  /// All connections, by one thread: a thread each would be most of those that compete with the
  /// server for the processors, and would wait for them itself.
  private final class Clients {
    private final Selector selector;
    private final Arrivals arrivals;

    /// The one that was used last comes first: as few are opened as are needed.
    private final Deque<Connection> idle = new ArrayDeque<>();

    private final List<Connection> all = new ArrayList<>();
    private long number;
    private long looked = System.nanoTime();

    Clients(Selector selector, int connections, Arrivals arrivals) {
      this.selector = selector;
      this.arrivals = arrivals;
      for (int i = 0; i < connections; i++) {
        all.add(new Connection());
      }
      idle.addAll(all);
    }

    void run() throws IOException {
      boolean more = true;
      while (more || idle.size() < all.size()) {
        long left = LOOK_NANOS;
        if (more && !idle.isEmpty()) {
          long due = arrivals.due(number);
          more = due != NONE;
          left = more ? Math.min(left, due - System.nanoTime()) : left;
          if (left <= 0) {
            begin(idle.removeFirst(), due);
            number++;
          }
        }
        await(left);
        selector.selectedKeys().forEach(key -> advance((Connection) key.attachment()));
        selector.selectedKeys().clear();
        giveUp();
      }
      all.forEach(Connection::close);
    }

    /// Waits for replies, at most for a time, which a selector counts in milliseconds.
    private void await(long nanos) throws IOException {
      if (nanos >= NANOS_PER_MILLI) {
        selector.select(nanos / NANOS_PER_MILLI);
      } else if (selector.selectNow() == 0 && nanos > 0) {
        LockSupport.parkNanos(Math.min(nanos, PAUSE_NANOS));
      }
    }

    private void begin(Connection connection, long due) {
      try {
        connection.send(requests[(int) (number % requests.length)], due);
      } catch (IOException e) {
        lose(connection);
      }
    }

    private void advance(Connection connection) {
      try {
        Optional<ReplyBuffer.Reply> reply = connection.advance();
        if (reply.isPresent()) {
          note(reply.get(), System.nanoTime() - connection.due);
          idle.addFirst(connection);
        }
      } catch (IOException e) {
        if (connection.busy) {
          lose(connection);
        } else {
          connection.close();
        }
      }
    }

    /// A connection that breaks costs its request, and is opened anew.
    private void lose(Connection connection) {
      connection.close();
      lost.increment();
      idle.addFirst(connection);
    }

    private void giveUp() {
      long now = System.nanoTime();
      if (now - looked > LOOK_NANOS) {
        looked = now;
        all.stream()
            .filter(connection -> connection.busy && now - connection.due > PATIENCE_NANOS)
            .toList()
            .forEach(this::lose);
      }
    }

    private final class Connection {
      private final ReplyBuffer buffer = new ReplyBuffer();
      private @Nullable SocketChannel channel;
      private ByteBuffer request = ByteBuffer.allocate(0);
      private long due;
      private boolean busy;

      void send(byte[] bytes, long when) throws IOException {
        due = when;
        busy = true;
        request = ByteBuffer.wrap(bytes);
        buffer.clear();
        SocketChannel open = channel;
        if (open == null) {
          open = SocketChannel.open(address);
          channel = open;
          open.setOption(StandardSocketOptions.TCP_NODELAY, true);
          open.configureBlocking(false);
          open.register(selector, SelectionKey.OP_READ, this);
        }
        write(open);
      }

      private void write(SocketChannel open) throws IOException {
        open.write(request);
        open.keyFor(selector)
            .interestOps(
                request.hasRemaining()
                    ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                    : SelectionKey.OP_READ);
      }

      Optional<ReplyBuffer.Reply> advance() throws IOException {
        SocketChannel open = channel;
        if (open == null) {
          return Optional.empty();
        }
        if (request.hasRemaining()) {
          write(open);
        }
        buffer.read(open);
        Optional<ReplyBuffer.Reply> reply = buffer.whole();
        busy = busy && reply.isEmpty();
        return reply;
      }

      void close() {
        busy = false;
        try {
          if (channel != null) {
            channel.close();
          }
        } catch (IOException e) {
          // It is of no use any more.
        }
        channel = null;
      }
    }
  }

  private void note(ReplyBuffer.Reply reply, long nanos) {
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

  /// Processor time of the clients for each request, in nanoseconds.
  double cpuNanosPerRequest() {
    long requests = answered.count() + refused.count() + other.sum() + lost.sum();
    return (double) cpuNanos / requests;
  }

  /// Replies per second.
  double perSecond(long replies) {
    return replies * NANOS_PER_SECOND / tookNanos;
  }
}
