package org.pdnn.statedict;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A safetensors file as Python's `safetensors` writes it: sorted by type, then by name.
final class SafetensorsFile {
  private final List<Entry> entries = new ArrayList<>();

  private record Entry(String name, String dtype, String shape, ByteBuffer bytes) {}

  /// @param dtype F64, F32, F16, BF16, I64, or one of 8 bits, which takes codes
  SafetensorsFile with(String name, String dtype, String shape, double... values) {
    int size =
        switch (dtype) {
          case "F64", "I64" -> 8;
          case "F32" -> 4;
          case "I8", "F8_E4M3" -> 1;
          default -> 2;
        };
    ByteBuffer bytes = ByteBuffer.allocate(size * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      switch (dtype) {
        case "F64" -> bytes.putDouble(value);
        case "I64" -> bytes.putLong((long) value);
        case "I8", "F8_E4M3" -> bytes.put((byte) value);
        case "F32" -> bytes.putFloat((float) value);
        case "F16" -> bytes.putShort(Float.floatToFloat16((float) value));
        default -> bytes.putShort((short) (Float.floatToIntBits((float) value) >> 16));
      }
    }
    entries.add(new Entry(name, dtype, shape, bytes.flip()));
    return this;
  }

  byte[] sorted() {
    entries.sort(
        Comparator.comparing(
                (Entry entry) -> List.of("I64", "F64", "F32", "BF16", "F16").indexOf(entry.dtype()))
            .thenComparing(Entry::name));
    return inOrder();
  }

  byte[] inOrder() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    int offset = 0;
    for (Entry entry : entries) {
      int end = offset + entry.bytes().limit();
      header.append(
          ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(entry.name(), entry.dtype(), entry.shape(), offset, end));
      offset = end;
    }
    header.append('}');
    while (header.length() % 8 != 0) {
      header.append(' ');
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + offset).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    entries.forEach(entry -> file.put(entry.bytes().duplicate()));
    return file.array();
  }

  static byte[] withHeader(String header, byte... data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }
}
