package org.pdnn.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// A file of lines that grows at its end, by several writers at once: threads, and processes, which
/// the system's lock on the file keeps apart.
public final class LineFile {
  /// One writer of this process at a time: the system's locks are a process's, not a thread's.
  private static final Object WRITER = new Object();

  private static final int LONGEST_LINE = 1 << 20;

  private LineFile() {}

  /// Adds lines to a file, which is made if there is none, with the folders above it. A last line
  /// without its end gets it. All lines are there afterwards, or none.
  ///
  /// @param lines each with its end
  /// @throws IOException in one sentence with path and remedy
  public static void append(Path file, String lines) throws IOException {
    Destination destination = Destination.of(file);
    if (destination.straight()) {
      AtomicFile.write(file, out -> out.write(lines.getBytes(StandardCharsets.UTF_8)));
      return;
    }
    // An interrupt would close the channel between the first byte and the last.
    boolean interrupted = Thread.interrupted();
    synchronized (WRITER) {
      try {
        Files.createDirectories(destination.folder());
        extend(destination.target(), lines);
      } catch (IOException e) {
        throw new IOException("cannot write %s: %s".formatted(file, FileFault.of(e)), e);
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static void extend(Path target, String lines) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                target,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock _ = channel.lock()) {
      long end = channel.size();
      String missing = endsInLine(channel, end) ? "" : "\n";
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(missing + lines);
      channel.position(end);
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      } catch (IOException e) {
        channel.truncate(end);
        throw e;
      }
    }
  }

  private static boolean endsInLine(FileChannel channel, long end) throws IOException {
    if (end == 0) {
      return true;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    channel.read(last, end - 1);
    return last.get(0) == '\n';
  }

  /// The first line, at most 1 MiB of it; empty if the file is.
  public static Optional<String> first(Path file) throws IOException {
    StringBuilder line = new StringBuilder();
    try (Reader in =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      int next = in.read();
      if (next < 0) {
        return Optional.empty();
      }
      for (; next >= 0 && next != '\n' && line.length() < LONGEST_LINE; next = in.read()) {
        line.append((char) next);
      }
    }
    return Optional.of(line.toString());
  }
}
