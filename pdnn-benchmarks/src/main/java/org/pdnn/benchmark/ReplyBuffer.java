package org.pdnn.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The bytes of a reply of HTTP, as they come.
final class ReplyBuffer {
  static final byte[] HEAD_END = bytes("\r\n\r\n");
  private static final String LENGTH = "\r\ncontent-length:";
  private static final int STATUS_FROM = 9;
  private static final int STATUS_TO = 12;

  private byte[] bytes = new byte[1 << 14];
  private int length;

  /// What came back.
  ///
  /// @param again whether it says when to come again
  /// @param last the last four bytes of the body as a number, the least first; 0 of a shorter one
  record Reply(int status, boolean again, int last) {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /// Forgets what has come.
  void clear() {
    length = 0;
  }

  /// Takes what comes next, as much as is there.
  ///
  /// @throws EOFException if the server has closed the connection
  void read(InputStream in) throws IOException {
    makeRoom();
    came(in.read(bytes, length, bytes.length - length));
  }

  /// Takes what comes next, which may be nothing.
  ///
  /// @throws EOFException if the server has closed the connection
  void read(ReadableByteChannel in) throws IOException {
    makeRoom();
    came(in.read(ByteBuffer.wrap(bytes, length, bytes.length - length)));
  }

  private void makeRoom() {
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length);
    }
  }

  private void came(int more) throws EOFException {
    if (more < 0) {
      throw new EOFException("the server closed the connection");
    }
    length += more;
  }

  /// Where a mark ends that has come; -1 if it has not.
  ///
  /// @param from where it may begin
  int endOf(byte[] mark, int from) {
    for (int i = from; i + mark.length <= length; i++) {
      if (Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
        return i + mark.length;
      }
    }
    return -1;
  }

  /// The reply, once it has come whole.
  ///
  /// @throws IOException if it is not one, or does not say how long it is
  Optional<Reply> whole() throws IOException {
    int bodyFrom = endOf(HEAD_END, 0);
    if (bodyFrom < 0) {
      return Optional.empty();
    }
    String head =
        new String(bytes, 0, bodyFrom, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
    int end = bodyFrom + contentLength(head);
    if (length < end) {
      return Optional.empty();
    }
    int last = 0;
    for (int i = end - 1; i >= Math.max(bodyFrom, end - Integer.BYTES); i--) {
      last = (last << Byte.SIZE) | (bytes[i] & 0xff);
    }
    return Optional.of(new Reply(status(), head.contains("\r\nretry-after:"), last));
  }

  /// The status of a reply whose head has come.
  int status() throws IOException {
    try {
      return Integer.parseInt(
          new String(bytes, STATUS_FROM, STATUS_TO - STATUS_FROM, StandardCharsets.US_ASCII));
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
}
