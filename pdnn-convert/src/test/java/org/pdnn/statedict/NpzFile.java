package org.pdnn.statedict;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// An .npz file as NumPy writes it, stored or deflated, and as it does not.
final class NpzFile {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);

  NpzFile with(String name, byte... content) {
    try {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  NpzFile stored(String name, byte... content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    try {
      zip.putNextEntry(entry);
      zip.write(content);
      zip.closeEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An array of 32-bit numbers, row-major.
  NpzFile with(String name, String shape, float... values) {
    return stored(name + ".npy", array(header("<f4", false, shape), floats(values)));
  }

  byte[] bytes() {
    try {
      zip.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String header(String descr, boolean columns, String shape) {
    return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }"
        .formatted(descr, columns ? "True" : "False", shape);
  }

  /// Version 1.0, padded as NumPy does.
  static byte[] array(String header, byte... data) {
    StringBuilder text = new StringBuilder(header);
    while ((10 + text.length()) % 64 != 63) {
      text.append(' ');
    }
    text.append('\n');
    return ByteBuffer.allocate(10 + text.length() + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("\u0093NUMPY\1\0".getBytes(StandardCharsets.ISO_8859_1))
        .putShort((short) text.length())
        .put(text.toString().getBytes(StandardCharsets.ISO_8859_1))
        .put(data)
        .array();
  }

  static byte[] floats(float... values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }
}
