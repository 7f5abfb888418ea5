package org.pdnn.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes a file aside, forces it to disk and renames it: readers see the old file or the new one,
/// never a half, whatever kills the writer.
public final class AtomicFile {
  private static final AtomicLong CALLS = new AtomicLong();

  private AtomicFile() {}

  /// Puts a file's bytes on a stream.
  @FunctionalInterface
  public interface Content {
    /// Writes everything the file shall hold; the stream is closed by the caller.
    void writeTo(OutputStream out) throws IOException;
  }

  /// Makes or replaces `file`, and the folders above it.
  ///
  /// An interrupt, which would close the file in the middle, is put off until it is whole; the
  /// content is then written again from its beginning.
  ///
  /// @throws IOException in one sentence with path and remedy; nothing is left behind
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || Files.isDirectory(target)) {
      throw new IOException(file + " is a folder; name a file");
    }
    boolean interrupted = false;
    try {
      while (!written(file, target, folder, content)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// @return false if an interrupt closed the file
  private static boolean written(Path file, Path target, Path folder, Content content)
      throws IOException {
    Path aside = aside(target);
    try {
      Files.createDirectories(folder);
      removeLeftovers(folder, Pattern.quote(target.getFileName().toString()));
      try (FileChannel channel =
          FileChannel.open(
              aside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.writeTo(out);
        out.flush();
        channel.force(true);
      }
      moveInto(aside, target);
      return true;
    } catch (ClosedByInterruptException e) {
      discard(aside, e);
      return false;
    } catch (IOException e) {
      IOException sentence = explained(file, e);
      discard(aside, sentence);
      throw sentence;
    } catch (RuntimeException | Error e) {
      discard(aside, e);
      throw e;
    }
  }

  private static void discard(Path aside, Throwable cause) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /// Where the bytes of `file` gather until they are complete: beside it, and of this call only.
  private static Path aside(Path file) {
    return file.resolveSibling(
        ".%s.%s-%s.part"
            .formatted(file.getFileName(), ProcessHandle.current().pid(), CALLS.incrementAndGet()));
  }

  /// Removes what writers left in a folder that were killed in the middle.
  public static void removeLeftovers(Path folder) throws IOException {
    removeLeftovers(folder, ".*");
  }

  private static void removeLeftovers(Path folder, String names) throws IOException {
    Pattern part = Pattern.compile("\\." + names + "\\.([0-9]{1,18})-[0-9]+\\.part");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Matcher matcher = part.matcher(file.getFileName().toString());
        if (matcher.matches() && ProcessHandle.of(Long.parseLong(matcher.group(1))).isEmpty()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (AccessDeniedException e) {
      // A folder may be written to without being listed.
    }
  }

  /// Renames a complete file over another and forces the folder's entry to disk.
  public static void moveInto(Path complete, Path target) throws IOException {
    Files.move(complete, target, StandardCopyOption.ATOMIC_MOVE);
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
      entry.force(true);
    } catch (AccessDeniedException windowsCannotOpenFolders) {
      // The rename itself is atomic everywhere; only POSIX lets us force it.
    }
  }

  private static IOException explained(Path file, IOException e) {
    Path above = file.toAbsolutePath().getParent();
    while (above != null && !Files.exists(above)) {
      above = above.getParent();
    }
    if (above != null && !Files.isDirectory(above)) {
      return new IOException(
          "cannot write %s: %s is a file, not a folder; choose another folder"
              .formatted(file, above),
          e);
    }
    String remedy =
        switch (e) {
          case AccessDeniedException denied -> "no permission; choose another folder";
          case FileSystemException other when other.getReason() != null -> other.getReason();
          default -> String.valueOf(e.getMessage());
        };
    return new IOException("cannot write %s: %s".formatted(file, remedy), e);
  }
}
