package org.pdnn.random;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.pdnn.files.Sha256;
import org.pdnn.names.Printable;

/// Bits that a generator gave, kept in a file: words of 32 bits, little-endian, as NumPy and the
/// batteries of tests write them. The file is mapped, so that its size is not the heap's.
public final class MeasuredBits {
  /// Bytes that one buffer maps, a multiple of a word.
  private static final long PIECE = 1 << 30;

  private final String name;
  private final ByteBuffer[] pieces;
  private final long words;
  private final String sha256;

  private MeasuredBits(String name, ByteBuffer[] pieces, long words, String sha256) {
    this.name = name;
    this.pieces = pieces;
    this.words = words;
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
      long size = channel.size();
      if (size < Integer.BYTES) {
        throw new IOException(file + " holds no word of 32 bits; name a file of raw random bytes");
      }
      ByteBuffer[] pieces = new ByteBuffer[Math.toIntExact(Math.ceilDiv(size, PIECE))];
      for (int i = 0; i < pieces.length; i++) {
        long from = i * PIECE;
        pieces[i] =
            channel
                .map(FileChannel.MapMode.READ_ONLY, from, Math.min(PIECE, size - from))
                .order(ByteOrder.LITTLE_ENDIAN);
      }
      String name = Printable.of(String.valueOf(file.getFileName()));
      return new MeasuredBits(name, pieces, size / Integer.BYTES, hash(pieces));
    }
  }

  private static String hash(ByteBuffer[] pieces) {
    MessageDigest digest = Sha256.digest();
    for (ByteBuffer piece : pieces) {
      digest.update(piece.duplicate());
    }
    return Sha256.hex(digest);
  }

  /// How many words there are.
  public long words() {
    return words;
  }

  /// The word at a place, 0 to [#words] - 1.
  int word(long place) {
    long at = place * Integer.BYTES;
    return pieces[(int) (at / PIECE)].getInt((int) (at % PIECE));
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
