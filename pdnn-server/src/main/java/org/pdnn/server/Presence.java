package org.pdnn.server;

import io.helidon.common.buffers.DataReader;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Whether the client at the other end of a connection is still there. While a request is answered
/// nobody reads from its connection, so the end of the connection would go unnoticed; here a thread
/// reads ahead meanwhile, and what it finds is read as the next request. Who sends nothing for long
/// counts as gone.
final class Presence {
  private static final ScopedValue<Presence> HERE = ScopedValue.newInstance();

  private final DataReader connection;
  private final int sendSeconds;

  /// The bytes that are read ahead: given up by the one thread that serves the connection.
  private @Nullable CompletableFuture<byte[]> ahead;

  /// @param sendSeconds that may pass without a byte, before the connection is given up
  Presence(DataReader connection, int sendSeconds) {
    this.connection = connection;
    this.sendSeconds = sendSeconds;
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

  /// Does something as soon as the client has gone, by another thread; once for a request.
  void onLeave(Runnable action) {
    CompletableFuture<byte[]> reading = reading();
    var _ =
        reading.exceptionally(_ -> {
          action.run();
          return new byte[0];
        });
  }

  /// The read that is under way, begun if there is none.
  private CompletableFuture<byte[]> reading() {
    CompletableFuture<byte[]> reading = ahead;
    if (reading == null) {
      reading = new CompletableFuture<>();
      ahead = reading;
      Thread.ofVirtual().start(reader(reading));
    }
    return reading;
  }

  private Runnable reader(CompletableFuture<byte[]> reading) {
    return () -> {
      try {
        connection.ensureAvailable();
        reading.complete(connection.readBytes(connection.available()));
      } catch (RuntimeException e) {
        reading.completeExceptionally(e);
      }
    };
  }

  /// The next bytes, or null at the end of the connection, or if none come.
  private byte @Nullable [] next() {
    try {
      byte[] bytes = reading().get(sendSeconds, TimeUnit.SECONDS);
      ahead = null;
      return bytes;
    } catch (ExecutionException | TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
