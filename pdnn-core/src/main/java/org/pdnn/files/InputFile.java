package org.pdnn.files;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// A file that was read once, whole: what is made of it and its hash are of the same bytes,
/// whatever happens to the file meanwhile.
///
/// Pipes and devices are refused, since they may never end; `/dev/stdin` and what a shell hands
/// over as `/dev/fd/63` are read.
public final class InputFile {
  private final Path path;
  private final byte[] bytes;

  private InputFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /// Reads a file.
  ///
  /// @param kind what it should be, for complaints: `model file`
  /// @param most bytes; a longer file is refused before it is read
  /// @throws IOException in one sentence with the file and what to do
  public static InputFile read(Path path, String kind, int most) throws IOException {
    requireReadable(path, kind);
    byte[] bytes;
    // Streams of java.io, unlike channels, are not closed by an interrupt.
    try (InputStream in = new FileInputStream(path.toFile())) {
      if (Files.size(path) > most) {
        throw tooLong(path, kind, most);
      }
      bytes = in.readNBytes(most == Integer.MAX_VALUE ? most : most + 1);
    }
    if (bytes.length > most) {
      throw tooLong(path, kind, most);
    }
    return new InputFile(path, bytes);
  }

  /// Bytes that came another way than from a file of this machine.
  ///
  /// @param path what complaints call them
  /// @param bytes not to be changed afterwards
  public static InputFile of(Path path, byte[] bytes) {
    return new InputFile(path, bytes);
  }

  /// Whether there is a file that can be read, and that ends.
  ///
  /// @param kind what it should be, for complaints: `model file`
  /// @throws IOException in one sentence with the file and what to do
  public static void requireReadable(Path path, String kind) throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("%s is a folder; name a %s".formatted(path, kind));
    }
    if (Files.notExists(path)) {
      throw new IOException(path + " does not exist; check the path");
    }
    if (!Files.isReadable(path)) {
      throw new IOException(path + " may not be read; change its permissions");
    }
    if (!Files.isRegularFile(path) && !isHandedOver(path)) {
      throw new IOException(
          "%s is a pipe or device; name a %s, or /dev/stdin".formatted(path, kind));
    }
  }

  /// What `read` makes of a file that is read more than once, with the hash of what it read.
  ///
  /// @throws IOException if the file is no regular one, or changed meanwhile
  public static <T> Hashed<T> unchanged(Path path, Reader<T> read) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
      throw new IOException("%s is a pipe or device; name a file".formatted(path));
    }
    String before = Files.isRegularFile(path) ? Sha256.of(path) : "";
    T value = read.read(path);
    if (!before.equals(Sha256.of(path))) {
      throw new IOException(path + " changed while it was read; run the command again");
    }
    return new Hashed<>(value, before);
  }

  /// Makes something of a file.
  @FunctionalInterface
  public interface Reader<T> {
    T read(Path path) throws IOException;
  }

  /// What was made of a file.
  ///
  /// @param sha256 of that file
  public record Hashed<T>(T value, String sha256) {}

  private static boolean isHandedOver(Path path) {
    Path absolute = path.toAbsolutePath();
    return absolute.equals(Path.of("/dev/stdin"))
        || absolute.startsWith("/dev/fd")
        || absolute.startsWith("/proc/self/fd");
  }

  private static IOException tooLong(Path path, String kind, int most) {
    return new IOException(
        "%s is longer than %s bytes, more than a %s holds".formatted(path, most, kind));
  }

  public Path path() {
    return path;
  }

  /// The bytes themselves; not to be changed.
  public byte[] bytes() {
    return bytes;
  }

  /// SHA-256 of the bytes, in hexadecimal.
  public String sha256() {
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }
}
