package org.pdnn.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Writes a file aside, forces it to disk and renames it: readers see the old file or the new one,
/// never a half, whatever kills the writer. Links are followed, and the mode of an old file is
/// kept. What is no regular file, as `/dev/stdout` or a pipe, is written into.
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
  /// @return SHA-256 of what was written, in hexadecimal
  /// @throws IOException in one sentence with path and remedy; nothing is left behind
  public static String write(Path file, Content content) throws IOException {
    Destination destination = Destination.of(file);
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        Optional<String> sha256 = written(destination, content);
        if (sha256.isPresent()) {
          return sha256.get();
        }
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Whether `file` can be written, found out before there is something to write: nothing is left
  /// behind, and nothing that is there is touched.
  ///
  /// @return whether a file is there, which [#write] would replace
  /// @throws IOException as [#write] would throw it
  public static boolean requireWritable(Path file) throws IOException {
    Destination destination = Destination.of(file);
    if (destination.straight()) {
      if (Files.notExists(destination.target())) {
        throw new IOException("cannot write %s: there is no such stream".formatted(file));
      }
      if (!Files.isWritable(destination.target())) {
        throw new IOException("cannot write %s: no permission".formatted(file));
      }
      return false;
    }
    probe(file, destination.target());
    return Files.exists(destination.target());
  }

  /// Whether files can be written into `folder`, which may be new; else as [#requireWritable].
  public static void requireWritableFolder(Path folder) throws IOException {
    probe(folder, folder.toAbsolutePath().resolve("probe"));
  }

  /// @param named for complaints
  private static void probe(Path named, Path file) throws IOException {
    Path folder = file.resolveSibling("");
    Path probe = aside(existing(folder).resolve(file.getFileName()));
    try {
      Files.createFile(probe);
      Files.delete(probe);
    } catch (IOException e) {
      throw explained(named, folder, e);
    }
  }

  /// @return the hash of what was written; empty if an interrupt closed the file
  private static Optional<String> written(Destination destination, Content content)
      throws IOException {
    if (destination.straight()) {
      return Optional.of(writeInto(destination, content));
    }
    Path target = destination.target();
    Path aside = aside(target);
    try {
      Files.createDirectories(destination.folder());
      String sha256;
      removeLeftovers(destination.folder(), Pattern.quote(target.getFileName().toString()));
      try (FileChannel channel =
          FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        destination.lendAttributes(aside);
        sha256 = copy(content, Channels.newOutputStream(channel));
        channel.force(true);
      }
      moveInto(aside, target);
      return Optional.of(sha256);
    } catch (ClosedByInterruptException e) {
      discard(aside, e);
      return Optional.empty();
    } catch (IOException e) {
      IOException sentence = explained(destination.named(), destination.folder(), e);
      discard(aside, sentence);
      throw sentence;
    } catch (RuntimeException | Error e) {
      discard(aside, e);
      throw e;
    }
  }

  private static String writeInto(Destination destination, Content content) throws IOException {
    // Standard output may be a file that holds what was printed before.
    try (OutputStream out =
        Files.newOutputStream(destination.target(), StandardOpenOption.APPEND)) {
      return copy(content, out);
    } catch (IOException e) {
      throw explained(destination.named(), destination.folder(), e);
    }
  }

  private static String copy(Content content, OutputStream to) throws IOException {
    DigestOutputStream hashed = new DigestOutputStream(to, Sha256.digest());
    OutputStream out = new BufferedOutputStream(hashed, 1 << 16);
    content.writeTo(out);
    out.flush();
    return Sha256.hex(hashed.getMessageDigest());
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

  /// The folder itself, or the nearest one above that exists.
  private static Path existing(Path folder) {
    Path above = folder;
    while (!Files.exists(above) && above.getParent() != null) {
      above = above.getParent();
    }
    return above;
  }

  private static IOException explained(Path named, Path folder, IOException e) {
    Path above = existing(folder);
    if (!Files.isDirectory(above)) {
      return new IOException(
          "cannot write %s: %s is a file, not a folder; choose another folder"
              .formatted(named, above),
          e);
    }
    String fault =
        e instanceof AccessDeniedException
            ? "no permission; choose another folder"
            : FileFault.of(e);
    return new IOException("cannot write %s: %s".formatted(named, fault), e);
  }
}
