package org.pdnn.server;

import java.util.concurrent.Semaphore;
import org.pdnn.server.protocol.RequestException;
import org.pdnn.server.protocol.RequestException.Kind;

/// Memory for the bodies of all requests that are read and answered at a time. It is taken as bytes
/// arrive, so that who announces much and sends little holds little.
final class BodyMemory {
  private final Semaphore bytes;

  BodyMemory(int bytes) {
    this.bytes = new Semaphore(bytes);
  }

  /// The memory of one body, given back when it is closed.
  final class Held implements AutoCloseable {
    private int held;

    /// Takes memory for bytes that have come.
    ///
    /// @throws RequestException if there is none at the moment
    void take(int some) throws RequestException {
      if (!bytes.tryAcquire(some)) {
        throw new RequestException(Kind.BUSY, "too many bodies are being read; try again later");
      }
      held += some;
    }

    @Override
    public void close() {
      bytes.release(held);
      held = 0;
    }
  }

  Held hold() {
    return new Held();
  }
}
