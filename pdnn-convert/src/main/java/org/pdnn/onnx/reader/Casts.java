package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/// Constants of one type of numbers made into another.
final class Casts {
  private Casts() {}

  static ConstantArray of(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    DataType to = DataType.forNumber(Math.clamp(node.integer("to", 0), -1, Byte.MAX_VALUE));
    constants.charge(value.dimensions());
    return switch (to) {
      case FLOAT, DOUBLE -> value.reals();
      case FLOAT16 -> rounded(value.reals(), v -> Float.float16ToFloat(Float.floatToFloat16(v)));
      case BFLOAT16 -> rounded(value.reals(), Casts::toBfloat16);
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, INT64 -> whole(value, to);
      case null, default ->
          throw node.refused("makes constants of type %s; export it without".formatted(to));
    };
  }

  @FunctionalInterface
  private interface Rounding {
    float of(float value);
  }

  private static Reals rounded(Reals reals, Rounding rounding) {
    float[] values = new float[reals.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rounding.of(reals.get(i));
    }
    return new Reals(reals.dimensions(), values);
  }

  /// The nearest number of 8 bits of fraction, ties to even.
  private static float toBfloat16(float value) {
    int bits = Float.floatToIntBits(value);
    return Float.isNaN(value)
        ? value
        : Float.intBitsToFloat(bits + 0x7FFF + (bits >>> 16 & 1) & 0xFFFF0000);
  }

  private static Integers whole(ConstantArray value, DataType to) {
    long[] values = new long[value.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (value) {
            case Reals reals when to == DataType.BOOL -> reals.get(i) == 0 ? 0 : 1;
            case Reals reals -> wrapped((long) reals.get(i), to);
            case Integers integers -> wrapped(integers.get(i), to);
          };
    }
    return new Integers(value.dimensions(), values);
  }

  private static long wrapped(long value, DataType to) {
    return switch (to) {
      case BOOL -> value == 0 ? 0 : 1;
      case INT8 -> (byte) value;
      case UINT8 -> value & 0xFF;
      case INT16 -> (short) value;
      case UINT16 -> value & 0xFFFF;
      case INT32 -> (int) value;
      default -> value;
    };
  }
}
