package org.pdnn.server;

import io.helidon.common.socket.HelidonSocket;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import org.jspecify.annotations.Nullable;

/// Who sent the request that this thread answers, for as long as the answer takes.
final class Client {
  private static final ThreadLocal<@Nullable HelidonSocket> SOCKET = new ThreadLocal<>();

  private boolean watched;

  /// Notes the connection of each request: it is answered by the thread that read it.
  static final class Listener implements Http1ConnectionListener {
    @Override
    public void prologue(ConnectionContext connection, HttpPrologue prologue) {
      SOCKET.set(connection.serverSocket());
    }
  }

  /// Whether the connection was closed from the other side.
  boolean gone() {
    HelidonSocket socket = SOCKET.get();
    if (socket == null) {
      return false;
    }
    if (!watched) {
      socket.idle();
      watched = true;
    }
    return !socket.isConnected();
  }
}
