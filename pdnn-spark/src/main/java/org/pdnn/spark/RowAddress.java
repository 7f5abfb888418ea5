package org.pdnn.spark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/// The address of a row's random words: its key, wherever the row lies.
///
/// An integral key is the address itself; of a text it is the first 48 bits of the SHA-256. Rows of
/// one key have the same words.
final class RowAddress {
  /// Addresses are below it.
  private static final long END = 1L << 48;

  private static final Set<DataType> TYPES =
      Set.of(
          DataTypes.StringType,
          DataTypes.LongType,
          DataTypes.IntegerType,
          DataTypes.ShortType,
          DataTypes.ByteType);

  private RowAddress() {}

  /// Whether a column of a type may hold keys.
  static boolean isKey(DataType type) {
    return TYPES.contains(type);
  }

  /// @throws IllegalArgumentException in one sentence, if a key has no address
  static long of(@Nullable Object key) {
    return switch (key) {
      case null -> throw new IllegalArgumentException("its key is null");
      case String text -> hash(text);
      case Number number when number.longValue() >= 0 && number.longValue() < END ->
          number.longValue();
      case Object other ->
          throw new IllegalArgumentException(
              "its key must be at least 0 and below 2^48, got " + other);
    };
  }

  private static long hash(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return ByteBuffer.wrap(hash).getLong() >>> 16;
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
