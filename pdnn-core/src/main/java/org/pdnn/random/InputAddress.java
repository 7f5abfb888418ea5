package org.pdnn.random;

import java.nio.ByteBuffer;
import org.pdnn.files.Sha256;

/// The address of an input that stands for itself: a hash of its values. Its random words, and so
/// its answer, depend on neither its name nor its place among others.
public final class InputAddress {
  /// [RandomWords#word] takes as many.
  private static final int BITS = 48;

  private InputAddress() {}

  /// The first 48 bits of the SHA-256 of the values, each as four bytes, the greatest first.
  public static long of(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.asFloatBuffer().put(values);
    byte[] hash = Sha256.digest().digest(bytes.array());
    return ByteBuffer.wrap(hash).getLong() >>> (Long.SIZE - BITS);
  }
}
