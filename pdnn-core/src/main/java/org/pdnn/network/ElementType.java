package org.pdnn.network;

import java.nio.ByteBuffer;

/// How a file keeps one real number. Each is read as a 32-bit number; the names are those of
/// safetensors.
public enum ElementType {
  /// IEEE 754 binary64, rounded to the nearest 32-bit number: to an infinity if it is too large.
  F64(Double.BYTES) {
    @Override
    public float get(ByteBuffer buffer, int at) {
      return (float) buffer.getDouble(at);
    }
  },
  /// IEEE 754 binary32.
  F32(Float.BYTES) {
    @Override
    public float get(ByteBuffer buffer, int at) {
      return buffer.getFloat(at);
    }
  },
  /// IEEE 754 binary16: 5 bits of exponent, 10 of fraction.
  F16(Short.BYTES) {
    @Override
    public float get(ByteBuffer buffer, int at) {
      return Float.float16ToFloat(buffer.getShort(at));
    }
  },
  /// The upper half of a binary32: 8 bits of exponent, 7 of fraction.
  BF16(Short.BYTES) {
    @Override
    public float get(ByteBuffer buffer, int at) {
      return Float.intBitsToFloat(buffer.getShort(at) << Short.SIZE);
    }
  };

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /// Bytes of one number.
  public int bytes() {
    return bytes;
  }

  /// The number whose first byte lies at `at`, in the buffer's byte order.
  public abstract float get(ByteBuffer buffer, int at);
}
