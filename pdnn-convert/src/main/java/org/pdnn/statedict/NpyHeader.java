package org.pdnn.statedict;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.names.Printable;
import org.pdnn.network.ElementType;

/// What an array of NumPy says of itself before its elements: "NEP 1, a simple file format for
/// NumPy arrays", versions 1.0 to 3.0.
///
/// @param type of its elements, as safetensors calls it, or as NumPy does if they are no real
///   numbers (integers, truth values, texts)
/// @param order of an element's bytes
/// @param columns whether the first index runs fastest (Fortran), not the last
/// @param extents of the array; none of a single number
record NpyHeader(String type, ByteOrder order, boolean columns, List<Integer> extents) {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);

  /// Headers take 128 bytes; NumPy itself refuses more than 10,000.
  private static final int LONGEST = 10_000;

  /// Reads a header; what follows in the stream are the elements.
  ///
  /// @throws IllegalArgumentException with what is wrong, as in "ends within its header"
  static NpyHeader read(InputStream in) throws IOException {
    if (!Arrays.equals(bytes(in, MAGIC.length), MAGIC)) {
      throw new IllegalArgumentException("is not an array of NumPy: byte 0 does not begin one");
    }
    byte[] version = bytes(in, 2);
    int major = version[0] & 0xFF;
    if (major < 1 || major > 3 || version[1] != 0) {
      throw new IllegalArgumentException(
          "has version %s.%s at byte 6, where 1.0, 2.0 or 3.0 is read"
              .formatted(major, version[1] & 0xFF));
    }
    long length =
        major == 1
            ? little(bytes(in, Short.BYTES)).getShort() & 0xFFFFL
            : little(bytes(in, Integer.BYTES)).getInt() & 0xFFFFFFFFL;
    if (length > LONGEST) {
      throw new IllegalArgumentException(
          "announces a header of %s bytes at byte 8, more than %s".formatted(length, LONGEST));
    }
    byte[] text = bytes(in, (int) length);
    return new NpyDictionary(
            new String(text, major < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8))
        .header();
  }

  private static byte[] bytes(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IllegalArgumentException("ends within its header");
    }
    return bytes;
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// A header of the fields of its dictionary.
  ///
  /// @param descr NumPy's notation of a type: order of bytes, kind, bytes, as in `<f4`
  /// @param dimensions of the array
  static NpyHeader of(String descr, boolean columns, long[] dimensions) {
    return new NpyHeader(
        type(descr).map(ElementType::name).orElse(descr),
        descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
        columns,
        Arrays.stream(dimensions).mapToObj(NpyHeader::extent).toList());
  }

  private static Optional<ElementType> type(String descr) {
    return switch (descr) {
      case "<f2", ">f2" -> Optional.of(ElementType.F16);
      case "<f4", ">f4" -> Optional.of(ElementType.F32);
      case "<f8", ">f8" -> Optional.of(ElementType.F64);
      case String other when other.matches("[<>|][iubSUMm]\\d.*") -> Optional.empty();
      case String other when other.startsWith("|O") || other.equals("O") ->
          throw new IllegalArgumentException(
              "holds pickled objects of Python, which run code when they are read; save arrays of"
                  + " numbers");
      case "<V2", "|V2" ->
          throw new IllegalArgumentException(
              "has type '%s', as NumPy writes bfloat16; save it by .astype(\"float32\")"
                  .formatted(descr));
      default ->
          throw new IllegalArgumentException(
              "has type '%s'; save it by .astype(\"float32\")".formatted(Printable.of(descr, 20)));
    };
  }

  private static int extent(long dimension) {
    if (dimension > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("has a dimension of %s".formatted(dimension));
    }
    return (int) dimension;
  }
}
