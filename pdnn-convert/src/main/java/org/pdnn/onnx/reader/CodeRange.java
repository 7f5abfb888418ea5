package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Locale;
import org.pdnn.names.Printable;

/// The whole numbers that values are rounded to, in units of a scale, before they are real numbers
/// again: `Quant` of QONNX (which Brevitas, QKeras, hls4ml and FINN write) and QuantizeLinear.
///
/// @param low the least
/// @param high the greatest, above it
record CodeRange(int low, int high) {
  /// Bits of a code; wider ones are real numbers.
  private static final int MOST_BITS = 24;

  /// Bits of the outputs of neurons.
  private static final int MOST_NEURON_BITS = 16;

  /// The range that a node of QONNX declares.
  ///
  /// @param bits position of the input that holds the number of bits
  static CodeRange of(Node node, Constants constants, int bits) {
    int wide = width(node, constants, bits);
    boolean signed = node.integer("signed", 1) != 0;
    boolean narrow = node.integer("narrow", 0) != 0;
    int half = 1 << (wide - 1);
    CodeRange range =
        signed
            ? new CodeRange(narrow ? 1 - half : -half, half - 1)
            : new CodeRange(0, 2 * half - (narrow ? 2 : 1));
    if (range.low >= range.high) {
      throw node.refused("has no two levels; use BipolarQuant for 1 signed bit");
    }
    return range;
  }

  /// A number of bits that a node of QONNX declares.
  ///
  /// @param position of the input that holds it
  static int width(Node node, Constants constants, int position) {
    double bits = constants.number(node, position);
    if (!(bits >= 1 && bits <= MOST_BITS && bits == Math.rint(bits))) {
      throw node.refused(
          "has a bit width of %s; whole numbers from 1 to %s are read".formatted(bits, MOST_BITS));
    }
    return (int) bits;
  }

  /// Whether Quant has one signed bit, which is -1 or 1.
  static boolean isBipolar(Node node, Constants constants) {
    return constants.number(node, 3) == 1 && node.integer("signed", 1) != 0;
  }

  /// The range of QuantizeLinear: of the type that it declares, else of its zero point.
  static CodeRange ofType(Node node, Constants constants) {
    int declared = Math.clamp(node.integer("output_dtype", 0), -1, Byte.MAX_VALUE);
    DataType type = declared == 0 ? constants.type(node.input(2)) : DataType.forNumber(declared);
    return switch (type) {
      case UINT8, UNDEFINED -> new CodeRange(0, 255);
      case INT8 -> new CodeRange(-128, 127);
      case UINT16 -> new CodeRange(0, 65_535);
      case INT16 -> new CodeRange(-32_768, 32_767);
      case null, default ->
          throw node.refused(
              "makes codes of type %s; integers of 8 and 16 bits are read".formatted(type));
    };
  }

  /// The nearest code; of two as near, the even one.
  double code(double value) {
    return Math.clamp(Math.rint(value), low, high);
  }

  /// The range without the codes below one: values that are nowhere negative take no others.
  CodeRange from(double zero) {
    return zero > low && zero < high && zero == Math.rint(zero)
        ? new CodeRange((int) zero, high)
        : this;
  }

  /// Distances between the least and the greatest.
  int steps() {
    return high - low;
  }

  /// The bits of neurons with as many levels.
  int bits(Node node) {
    int levels = steps() + 1;
    int bits = Integer.numberOfTrailingZeros(levels);
    if (levels != 1 << bits || bits > MOST_NEURON_BITS) {
      throw node.refused(
          "rounds values to %s levels, from %s to %s; neurons have 2^k levels, up to 2^%s, so train it with narrow 0"
              .formatted(levels, low, high, MOST_NEURON_BITS));
    }
    return bits;
  }

  /// Checks how a node rounds.
  static void requireNearest(Node node) {
    String mode = node.text("rounding_mode", "ROUND").toUpperCase(Locale.ROOT);
    if (!mode.equals("ROUND") && !mode.equals("HALF_EVEN")) {
      throw node.refused(
          "has rounding_mode %s; only ROUND is read".formatted(Printable.of(mode, 40)));
    }
  }
}
