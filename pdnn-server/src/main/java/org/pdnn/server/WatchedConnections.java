package org.pdnn.server;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/// Connections of a protocol, each with the [Presence] of its client.
///
/// @param plain makes them
/// @param patience how long a client may keep the server waiting, wherever it has stopped
record WatchedConnections(ServerConnectionSelector plain, Duration patience)
    implements ServerConnectionSelector {
  @Override
  public int bytesToIdentifyConnection() {
    return plain.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData first) {
    return plain.supports(first);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return plain.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    Presence presence = new Presence(context.dataReader());
    return new Watched(plain.connection(new Read(context, presence.reader())), presence, patience);
  }

  private record Watched(ServerConnection plain, Presence presence, Duration patience)
      implements ServerConnection, InterruptableTask<Void> {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      presence
          .bound()
          .<Void, InterruptedException>call(() -> {
            plain.handle(limit);
            return null;
          });
    }

    @Override
    public Duration idleTime() {
      return presence.idle();
    }

    @Override
    public void close(boolean interrupt) {
      plain.close(interrupt || presence.idle().compareTo(patience) > 0);
    }

    @Override
    public boolean canInterrupt() {
      return plain instanceof InterruptableTask<?> task && task.canInterrupt();
    }
  }

  /// A connection that is read by a reader of ours.
  private record Read(ConnectionContext plain, DataReader dataReader) implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return plain.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return plain.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return plain.dataWriter();
    }

    @Override
    public Router router() {
      return plain.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return plain.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return plain.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return plain.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return plain.localPeer();
    }

    @Override
    public boolean isSecure() {
      return plain.isSecure();
    }

    @Override
    public String socketId() {
      return plain.socketId();
    }

    @Override
    public String childSocketId() {
      return plain.childSocketId();
    }
  }
}
