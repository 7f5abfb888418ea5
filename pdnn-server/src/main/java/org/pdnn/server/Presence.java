package org.pdnn.server;

import io.helidon.common.buffers.DataReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Whether the client at the other end of a connection is still there. While a request is answered
/// nobody reads from its connection, so the end of the connection would go unnoticed; if a request
/// asks for it, a thread reads ahead meanwhile, and what it finds is read as the next request.
final class Presence {
  private static final ScopedValue<Presence> HERE = ScopedValue.newInstance();

  private final DataReader connection;

  /// The bytes that are read ahead, if any: given up by the one thread that serves the connection.
  private @Nullable CompletableFuture<byte[]> ahead;

  /// Since when that thread waits for the client to send or to receive bytes, by [System#nanoTime];
  /// 0 while it does not.
  private volatile long waitingSince;

  private boolean over;

  Presence(DataReader connection) {
    this.connection = connection;
  }

  /// That of the connection which this thread serves, if its protocol has no notice of its own.
  static Optional<Presence> here() {
    return HERE.isBound() ? Optional.of(HERE.get()) : Optional.empty();
  }

  /// For [#here] in what runs.
  ScopedValue.Carrier bound() {
    return ScopedValue.where(HERE, this);
  }

  /// What the server reads from.
  DataReader reader() {
    return DataReader.create(this::next);
  }

  /// Bytes go to the client, who may be slow to take them: until [#sent], or the next read.
  ///
  /// @param last whether they end what the client wants of this connection
  void sending(boolean last) {
    over = last;
    waitingSince = System.nanoTime();
  }

  void sent() {
    waitingSince = 0;
  }

  /// How long the server has waited for the client; nothing while it computes.
  Duration idle() {
    long since = waitingSince;
    return since == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
  }

  /// Does something as soon as the client has gone, by another thread; once for a request.
  void onLeave(Runnable action) {
    CompletableFuture<byte[]> reading = new CompletableFuture<>();
    ahead = reading;
    Thread.ofVirtual()
        .start(() -> {
          try {
            reading.complete(read());
          } catch (RuntimeException e) {
            reading.completeExceptionally(e);
            action.run();
          }
        });
  }

  private byte[] read() {
    connection.ensureAvailable();
    return connection.readBytes(connection.available());
  }

  /// The next bytes, or null at the end of the connection.
  private byte @Nullable [] next() {
    if (over) {
      return null;
    }
    CompletableFuture<byte[]> reading = ahead;
    ahead = null;
    waitingSince = System.nanoTime();
    try {
      return reading == null ? read() : reading.get();
    } catch (ExecutionException | RuntimeException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } finally {
      waitingSince = 0;
    }
  }
}
