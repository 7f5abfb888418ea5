package org.pdnn.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/// A connection to a server, kept open from request to request. It does no more than it must: it
/// shares the processors with the server that it measures, and a client for all purposes takes as
/// long for a small request as the server does.
final class ServingClient implements AutoCloseable {
  private static final byte[] EVENT = ReplyBuffer.bytes("data: ");
  private static final byte[] CHUNKS_END = ReplyBuffer.bytes("\r\n0\r\n\r\n");
  private static final int OK = 200;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final ReplyBuffer buffer = new ReplyBuffer();

  ServingClient(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /// Sends a request and reads its reply.
  ///
  /// @throws IOException if the connection breaks before the reply is whole
  ReplyBuffer.Reply ask(byte[] request) throws IOException {
    send(request);
    Optional<ReplyBuffer.Reply> reply = Optional.empty();
    while (reply.isEmpty()) {
      buffer.read(in);
      reply = buffer.whole();
    }
    return reply.get();
  }

  /// Sends a request whose reply is a stream of events, and reads it all.
  ///
  /// @return nanoseconds until the first event was there
  long firstEvent(byte[] request) throws IOException {
    long start = System.nanoTime();
    send(request);
    int bodyFrom = readUntil(ReplyBuffer.HEAD_END);
    int status = buffer.status();
    if (status != OK) {
      throw new IOException("a request for a stream was answered with status " + status);
    }
    readUntil(EVENT);
    long took = System.nanoTime() - start;
    // The head, too, may end as chunks do.
    while (buffer.endOf(CHUNKS_END, bodyFrom) < 0) {
      buffer.read(in);
    }
    return took;
  }

  private void send(byte[] request) throws IOException {
    buffer.clear();
    out.write(request);
  }

  /// Reads on until some bytes have come.
  ///
  /// @return where they end
  private int readUntil(byte[] mark) throws IOException {
    int end = buffer.endOf(mark, 0);
    while (end < 0) {
      buffer.read(in);
      end = buffer.endOf(mark, 0);
    }
    return end;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
