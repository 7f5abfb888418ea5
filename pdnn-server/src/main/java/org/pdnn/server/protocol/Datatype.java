package org.pdnn.server.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.pdnn.names.Choice;
import org.pdnn.names.Printable;

/// What the elements of a tensor are. Binary ones are little-endian.
public enum Datatype {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  FP32(4),
  FP64(8),
  BF16(2),
  /// Texts, each with its length.
  BYTES(0);

  private final int size;

  Datatype(int size) {
    this.size = size;
  }

  static Datatype parse(String name) throws RequestException {
    for (Datatype type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw RequestException.wrong("unknown datatype %s", Printable.quoted(name));
  }

  /// Bytes of an element; 0 of texts, whose lengths differ.
  int size() {
    return size;
  }

  /// Whether a network's input can be given so.
  boolean readable() {
    return this == FP16 || this == FP32 || this == FP64;
  }

  static String readableOnes() {
    return Choice.listed(List.of(FP32.name(), FP64.name(), FP16.name()));
  }

  /// Reads elements as the network takes them.
  ///
  /// @throws RequestException if one is no finite number
  float[] read(byte[] bytes, int from, int count) throws RequestException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, count * size).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (this) {
            case FP16 -> Float.float16ToFloat(buffer.getShort());
            case FP32 -> buffer.getFloat();
            case FP64 -> (float) buffer.getDouble();
            case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BF16, BYTES ->
                throw new IllegalStateException(name() + " is not read");
          };
      requireFinite(values[i], i);
    }
    return values;
  }

  /// @param index of the value in its tensor
  static void requireFinite(float value, int index) throws RequestException {
    if (!Float.isFinite(value)) {
      throw RequestException.wrong(
          "the values of the input must be finite numbers, value %s is not", index);
    }
  }
}
