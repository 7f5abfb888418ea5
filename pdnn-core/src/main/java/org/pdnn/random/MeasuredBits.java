package org.pdnn.random;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.pdnn.names.Printable;

/// Bits that a generator gave, kept in a file: words of 32 bits, little-endian, as NumPy and the
/// batteries of tests write them. The file is mapped, so that its size is not the heap's.
public final class MeasuredBits {
  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long HASHED_AT_ONCE = 1 << 24;

  private final String name;
  private final MemorySegment bytes;
  private final String sha256;

  private MeasuredBits(String name, MemorySegment bytes, String sha256) {
    this.name = name;
    this.bytes = bytes;
    this.sha256 = sha256;
  }

  /// Reads a file of raw bytes; up to three that make no word at its end are left aside.
  ///
  /// @throws IOException if it is no regular file or holds no word
  public static MeasuredBits read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + " is not a regular file; name a file of raw random bytes");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() < Integer.BYTES) {
        throw new IOException(file + " holds no word of 32 bits; name a file of raw random bytes");
      }
      MemorySegment bytes =
          channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
      return new MeasuredBits(Printable.of(String.valueOf(file.getFileName())), bytes, hash(bytes));
    }
  }

  private static String hash(MemorySegment bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (long from = 0; from < bytes.byteSize(); from += HASHED_AT_ONCE) {
        long size = Math.min(HASHED_AT_ONCE, bytes.byteSize() - from);
        digest.update(bytes.asSlice(from, size).asByteBuffer());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /// How many words there are.
  public long words() {
    return bytes.byteSize() / Integer.BYTES;
  }

  /// The word at a place, 0 to [#words] - 1.
  int word(long place) {
    return bytes.get(WORD, place * Integer.BYTES);
  }

  /// SHA-256 of the whole file, in hexadecimal.
  public String sha256() {
    return sha256;
  }

  /// The file's name and hash, as they stand in results.
  @Override
  public String toString() {
    return name + " of SHA-256 " + sha256;
  }
}
