package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Constants of one type of numbers made into another: casts, and weights that are kept as integers
/// and a scale.
final class Quantised {
  private Quantised() {}

  /// DequantizeLinear: (q - zero) scale, by one scale or by one for each place of an axis.
  static Reals dequantised(Node node, Constants constants) {
    Integers codes = constants.integers(node, 0);
    if (node.integer("block_size", 0) != 0) {
      throw node.refused("has scales by blocks; only one scale, or one for each channel, is read");
    }
    List<Integer> extents = codes.dimensions();
    constants.charge(extents);
    Reals scales = (Reals) alongAxis(node, constants.reals(node, 1), extents);
    ConstantArray zeros =
        node.has(2)
            ? alongAxis(node, constants.integers(node, 2), extents)
            : new Integers(extents, codes.size(), _ -> 0);
    float[] values = new float[codes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (codes.get(i) - ((Integers) zeros).get(i)) * scales.get(i);
    }
    return new Reals(extents, values);
  }

  /// One number, or one for each place of the node's axis, repeated for all values.
  private static ConstantArray alongAxis(
      Node node, ConstantArray parameters, List<Integer> extents) {
    List<Integer> own = Collections.nCopies(extents.size(), 1);
    if (parameters.size() > 1) {
      long axis = node.integer("axis", 1);
      int counted = (int) (axis < 0 ? axis + extents.size() : axis);
      if (counted < 0
          || counted >= extents.size()
          || !parameters.dimensions().equals(List.of(extents.get(counted)))) {
        throw node.refused(
            "has parameters of extents %s for axis %s of %s"
                .formatted(parameters.dimensions(), axis, extents));
      }
      own = new ArrayList<>(own);
      own.set(counted, parameters.size());
    }
    return parameters.reshaped(own).picked(extents, ArrayView.of(own).broadcast(extents));
  }

  /// QuantizeLinear: the codes of constants.
  static Integers quantised(Node node, Constants constants) {
    Reals values = constants.reals(node, 0);
    List<Integer> extents = values.dimensions();
    constants.charge(extents);
    CodeRange range = CodeRange.of(node, type(node, constants));
    requireScales(node, constants.reals(node, 1));
    Reals scales = (Reals) alongAxis(node, constants.reals(node, 1), extents);
    ConstantArray zeros =
        node.has(2)
            ? alongAxis(node, constants.integers(node, 2), extents)
            : new Integers(extents, values.size(), _ -> 0);
    long[] codes = new long[values.size()];
    for (int i = 0; i < codes.length; i++) {
      long zero = ((Integers) zeros).get(i);
      double nearest = Math.rint(values.get(i) / scales.get(i));
      codes[i] = (long) Math.clamp(nearest + zero, (double) range.low(), (double) range.high());
    }
    return new Integers(extents, codes);
  }

  /// The type of codes: that of the zero point.
  static DataType type(Node node, Constants constants) {
    int declared = Math.clamp(node.integer("output_dtype", 0), -1, Byte.MAX_VALUE);
    DataType type = declared == 0 ? constants.type(node.input(2)) : DataType.forNumber(declared);
    return type == null ? DataType.UNDEFINED : type;
  }

  /// Quant: (code(x / scale + zero) - zero) scale, of constants.
  static Reals quant(Node node, Constants constants) {
    Reals values = constants.reals(node, 0);
    List<Integer> extents = values.dimensions();
    requireScales(node, constants.reals(node, 1));
    Reals scales = repeated(node, constants, 1, extents);
    Reals zeros = repeated(node, constants, 2, extents);
    boolean bipolar = isBipolar(node, constants);
    CodeRange.requireNearest(node);
    CodeRange range = bipolar ? new CodeRange(-1, 1) : CodeRange.of(node, constants, 3);
    float[] rounded = new float[values.size()];
    for (int i = 0; i < rounded.length; i++) {
      float scaled = values.get(i) / scales.get(i) + zeros.get(i);
      double code = bipolar ? (scaled >= 0 ? 1 : -1) : range.code(scaled);
      rounded[i] = (float) (code - zeros.get(i)) * scales.get(i);
    }
    return new Reals(extents, rounded);
  }

  /// BipolarQuant: scale where x is 0 or above, else -scale, of constants.
  static Reals bipolarQuant(Node node, Constants constants) {
    Reals values = constants.reals(node, 0);
    requireScales(node, constants.reals(node, 1));
    Reals scales = repeated(node, constants, 1, values.dimensions());
    float[] signs = new float[values.size()];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = values.get(i) >= 0 ? scales.get(i) : -scales.get(i);
    }
    return new Reals(values.dimensions(), signs);
  }

  /// Checks the scales that a node divides by.
  static void requireScales(Node node, Reals scales) {
    for (int i = 0; i < scales.size(); i++) {
      if (!(scales.get(i) >= Float.MIN_NORMAL && Float.isFinite(scales.get(i)))) {
        throw node.refused("has scale %s; scales are finite and above 0".formatted(scales.get(i)));
      }
    }
  }

  /// Whether Quant has one signed bit, which is -1 or 1.
  static boolean isBipolar(Node node, Constants constants) {
    return one(node, constants, 3) == 1 && node.integer("signed", 1) != 0;
  }

  /// A constant input of one number.
  static double one(Node node, Constants constants, int position) {
    ConstantArray value = constants.input(node, position);
    if (value.size() != 1) {
      throw node.refused(
          "has %s numbers as input %s; one is read".formatted(value.size(), position));
    }
    double number =
        switch (value) {
          case Reals reals -> reals.get(0);
          case Integers integers -> integers.get(0);
        };
    if (!Double.isFinite(number)) {
      throw node.refused("has %s as input %s; finite numbers are read".formatted(number, position));
    }
    return number;
  }

  private static Reals repeated(
      Node node, Constants constants, int position, List<Integer> extents) {
    Reals reals = constants.reals(node, position);
    constants.charge(extents);
    return reals.picked(extents, ArrayView.of(reals.dimensions()).broadcast(extents));
  }

  /// Integers as the nearest numbers of 32 bits.
  static Reals reals(Integers integers) {
    float[] values = new float[integers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = integers.get(i);
    }
    return new Reals(integers.dimensions(), values);
  }

  static ConstantArray cast(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    DataType to = DataType.forNumber(Math.clamp(node.integer("to", 0), -1, Byte.MAX_VALUE));
    constants.charge(value.dimensions());
    return switch (to) {
      case FLOAT, DOUBLE -> real(value);
      case FLOAT16 -> rounded(real(value), v -> Float.float16ToFloat(Float.floatToFloat16(v)));
      case BFLOAT16 -> rounded(real(value), Quantised::toBfloat16);
      case BOOL, INT8, UINT8, INT16, UINT16, INT32, INT64 -> whole(value, to);
      case null, default ->
          throw node.refused("makes constants of type %s; export it without".formatted(to));
    };
  }

  private static Reals real(ConstantArray value) {
    return switch (value) {
      case Reals reals -> reals;
      case Integers integers -> reals(integers);
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
