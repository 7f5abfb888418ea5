package org.pdnn.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A connection to a server, kept open from request to request. It does no more than it must: it
/// shares the processors with the server that it measures, and a client for all purposes takes as
/// long for a small request as the server does.
final class ServingClient implements AutoCloseable {
  private static final byte[] HEAD_END = bytes("\r\n\r\n");
  private static final byte[] EVENT = bytes("data: ");
  private static final byte[] CHUNKS_END = bytes("\r\n0\r\n\r\n");
  private static final String LENGTH = "\r\ncontent-length:";
  private static final int STATUS_FROM = 9;
  private static final int STATUS_TO = 12;
  private static final int OK = 200;
  private static final int PATIENCE_MILLIS = 60_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private byte[] buffer = new byte[1 << 14];
  private int length;

  /// What came back.
  ///
  /// @param again whether it says when to come again
  /// @param last the last four bytes of the body as a number, the least first; 0 of a shorter one
  record Reply(int status, boolean again, int last) {}

  ServingClient(InetSocketAddress address) throws IOException {
    socket = new Socket(address.getAddress(), address.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Sends a request and reads its reply.
  ///
  /// @throws IOException if the connection breaks before the reply is whole
  Reply ask(byte[] request) throws IOException {
    send(request);
    int bodyFrom = readUntil(HEAD_END);
    String head =
        new String(buffer, 0, bodyFrom, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    int end = bodyFrom + contentLength(head);
    while (length < end) {
      fill();
    }
    int last = 0;
    for (int i = end - 1; i >= Math.max(bodyFrom, end - Integer.BYTES); i--) {
      last = (last << Byte.SIZE) | (buffer[i] & 0xff);
    }
    return new Reply(status(head), head.contains("\r\nretry-after:"), last);
  }

  /// Sends a request whose reply is a stream of events, and reads it all.
  ///
  /// @return nanoseconds until the first event was there
  long firstEvent(byte[] request) throws IOException {
    long start = System.nanoTime();
    send(request);
    int bodyFrom = readUntil(HEAD_END);
    int status = status(new String(buffer, 0, bodyFrom, StandardCharsets.US_ASCII));
    if (status != OK) {
      throw new IOException("a request for a stream was answered with status " + status);
    }
    readUntil(EVENT);
    long took = System.nanoTime() - start;
    readUntil(CHUNKS_END);
    return took;
  }

  private void send(byte[] request) throws IOException {
    length = 0;
    out.write(request);
  }

  private static int status(String head) throws IOException {
    try {
      return Integer.parseInt(head.substring(STATUS_FROM, STATUS_TO));
    } catch (NumberFormatException e) {
      throw new IOException("the reply is not HTTP", e);
    }
  }

  private static int contentLength(String head) throws IOException {
    int from = head.indexOf(LENGTH);
    if (from < 0) {
      throw new IOException("a reply does not say how long it is");
    }
    from += LENGTH.length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
  }

  /// Reads on until some bytes have come.
  ///
  /// @return where they end
  private int readUntil(byte[] bytes) throws IOException {
    int from = 0;
    while (true) {
      for (; from + bytes.length <= length; from++) {
        int end = from + bytes.length;
        if (Arrays.equals(buffer, from, end, bytes, 0, bytes.length)) {
          return end;
        }
      }
      fill();
    }
  }

  private void fill() throws IOException {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * length);
    }
    int read = in.read(buffer, length, buffer.length - length);
    if (read < 0) {
      throw new EOFException("the server closed the connection");
    }
    length += read;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
