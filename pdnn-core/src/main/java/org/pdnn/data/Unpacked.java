package org.pdnn.data;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// The bytes of a file, unpacked if it is a gzip file by its first two bytes.
///
/// Whatever is wrong becomes an IOException of one sentence with path, fault and remedy.
final class Unpacked implements Closeable {
  /// A byte of deflated data stands for at most 1,032 bytes (zlib's limit: 258 bytes for 2 bits).
  private static final long MOST_A_BYTE = 1032;

  private final Path file;
  private final InputStream in;
  private final boolean packed;
  private final long size;
  private long position;

  private Unpacked(Path file, InputStream in, boolean packed, long size) {
    this.file = file;
    this.in = in;
    this.packed = packed;
    this.size = size;
  }

  /// Opens a file, unpacking it if it is packed; the caller closes what it returns.
  static Unpacked open(Path file) throws IOException {
    InputStream raw = raw(file);
    try {
      long size = Files.size(file);
      InputStream in = new BufferedInputStream(raw, 1 << 16);
      in.mark(2);
      boolean packed = in.read() == 0x1F && in.read() == 0x8B;
      in.reset();
      return new Unpacked(file, packed ? gunzip(file, in) : in, packed, size);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /// Opens a file whose bytes are taken as they are.
  static Unpacked plain(Path file) throws IOException {
    InputStream raw = raw(file);
    try {
      return new Unpacked(file, new BufferedInputStream(raw, 1 << 16), false, Files.size(file));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream raw(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder where a file is needed; remove or rename it");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // Reading a pipe could wait for ever, reading a device never end.
      throw new IOException(file + " is a pipe or device where a file is needed; copy it into one");
    }
    try {
      return Files.newInputStream(file);
    } catch (NoSuchFileException e) {
      throw new IOException(file + " is missing; put it there", e);
    } catch (AccessDeniedException e) {
      throw new IOException(file + " may not be read; change its permissions", e);
    }
  }

  /// All bytes of a file, as they are.
  ///
  /// @param most the largest size, in bytes
  static byte[] bytes(Path file, int most) throws IOException {
    try (Unpacked in = plain(file)) {
      if (in.size > most) {
        throw in.fault("has %s bytes, more than %s".formatted(in.size, most));
      }
      byte[] bytes = new byte[(int) in.size];
      in.readFully(bytes);
      in.expectEnd();
      return bytes;
    }
  }

  private static InputStream gunzip(Path file, InputStream in) throws IOException {
    try {
      return new GZIPInputStream(in, 1 << 16);
    } catch (ZipException | EOFException e) {
      throw damaged(file, "its gzip header is broken", e);
    }
  }

  /// The most bytes that can follow: exact for a plain file, zlib's limit for a packed one.
  long most() {
    return (packed ? size * MOST_A_BYTE : size) - position;
  }

  /// A big-endian integer of four bytes.
  int readInt() throws IOException {
    byte[] bytes = new byte[Integer.BYTES];
    readFully(bytes);
    return bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | (bytes[3] & 0xFF);
  }

  /// Fills `target` with the next bytes.
  void readFully(byte[] target) throws IOException {
    int read = readSome(target);
    if (read < target.length) {
      throw fault("ends at byte %s, %s bytes too early".formatted(position, target.length - read));
    }
  }

  /// Checks that nothing follows.
  void expectEnd() throws IOException {
    if (readSome(new byte[1]) > 0) {
      throw fault("goes on after byte %s, where it should end".formatted(position - 1));
    }
  }

  private int readSome(byte[] target) throws IOException {
    try {
      int read = in.readNBytes(target, 0, target.length);
      position += read;
      return read;
    } catch (ZipException | EOFException e) {
      throw damaged(file, "cannot be unpacked after byte " + position, e);
    }
  }

  /// The unpacked bytes; their IOExceptions are the decompressor's own.
  InputStream stream() {
    return in;
  }

  /// A fault of this file as a sentence.
  IOException fault(String fault) {
    return damaged(file, fault, null);
  }

  /// What an exception says; its kind if it says nothing, as unchecked ones of decoders often do.
  static String reason(@Nullable Exception e) {
    if (e == null) {
      return "no reason given";
    }
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /// A fault of a file as a sentence.
  static IOException damaged(Path file, String fault, @Nullable Exception cause) {
    return damaged(file.toString(), fault, cause);
  }

  static IOException damaged(String file, String fault, @Nullable Exception cause) {
    return new IOException("%s %s; replace it by an undamaged copy".formatted(file, fault), cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
