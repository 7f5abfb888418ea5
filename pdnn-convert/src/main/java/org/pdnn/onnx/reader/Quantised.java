package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/// Constants rounded to codes, and codes as the numbers that they stand for: weights of few bits.
final class Quantised {
  private Quantised() {}

  /// DequantizeLinear: (code - zero) scale, by one scale or by one for each place of an axis.
  static Reals dequantised(Node node, Constants constants) {
    Integers codes = constants.integers(node, 0);
    if (node.integer("block_size", 0) != 0) {
      throw node.refused("has scales by blocks; only one scale, or one for each channel, is read");
    }
    List<Integer> extents = codes.dimensions();
    constants.charge(extents);
    Reals scales = alongAxis(node, constants.reals(node, 1), extents);
    Integers zeros = zeros(node, constants, extents);
    float[] values = new float[codes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (codes.get(i) - zeros.get(i)) * scales.get(i);
    }
    return new Reals(extents, values);
  }

  /// QuantizeLinear: the codes round(x / scale) + zero.
  static Integers quantised(Node node, Constants constants) {
    Reals values = constants.reals(node, 0);
    List<Integer> extents = values.dimensions();
    constants.charge(extents);
    CodeRange range = CodeRange.ofType(node, constants);
    Reals scales = alongAxis(node, scales(node, constants), extents);
    Integers zeros = zeros(node, constants, extents);
    long[] codes = new long[values.size()];
    for (int i = 0; i < codes.length; i++) {
      double nearest = Math.rint(values.get(i) / scales.get(i));
      codes[i] = (long) range.code(nearest + zeros.get(i));
    }
    return new Integers(extents, codes);
  }

  private static Integers zeros(Node node, Constants constants, List<Integer> extents) {
    if (!node.has(2)) {
      return new Integers(extents, (int) ConstantArray.size(extents), _ -> 0);
    }
    Integers zeros = constants.integers(node, 2);
    return zeros.reshaped(byAxis(node, zeros, extents)).repeated(extents);
  }

  private static Reals alongAxis(Node node, Reals scales, List<Integer> extents) {
    return scales.reshaped(byAxis(node, scales, extents)).repeated(extents);
  }

  /// The extents of one number, or of one for each place of the node's axis, that is repeated for
  /// all values.
  private static List<Integer> byAxis(Node node, ConstantArray parameters, List<Integer> extents) {
    List<Integer> own = new ArrayList<>(Collections.nCopies(extents.size(), 1));
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
      own.set(counted, parameters.size());
    }
    return own;
  }

  /// Quant: (code(x / scale + zero) - zero) scale.
  static Reals quant(Node node, Constants constants) {
    Reals values = constants.reals(node, 0);
    List<Integer> extents = values.dimensions();
    Reals scales = repeated(scales(node, constants), constants, extents);
    Reals zeros = repeated(constants.reals(node, 2), constants, extents);
    CodeRange.requireNearest(node);
    DoubleUnaryOperator code =
        CodeRange.isBipolar(node, constants)
            ? scaled -> scaled >= 0 ? 1 : -1
            : CodeRange.of(node, constants, 3)::code;
    float[] rounded = new float[values.size()];
    for (int i = 0; i < rounded.length; i++) {
      float scaled = values.get(i) / scales.get(i) + zeros.get(i);
      rounded[i] = (float) (code.applyAsDouble(scaled) - zeros.get(i)) * scales.get(i);
    }
    return new Reals(extents, rounded);
  }

  /// BipolarQuant: scale where x is 0 or above, else -scale.
  static Reals bipolarQuant(Node node, Constants constants) {
    Reals values = constants.reals(node, 0);
    Reals scales = repeated(scales(node, constants), constants, values.dimensions());
    float[] signs = new float[values.size()];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = values.get(i) >= 0 ? scales.get(i) : -scales.get(i);
    }
    return new Reals(values.dimensions(), signs);
  }

  private static Reals repeated(Reals reals, Constants constants, List<Integer> extents) {
    constants.charge(extents);
    return reals.repeated(extents);
  }

  /// The scales that a node divides by.
  static Reals scales(Node node, Constants constants) {
    Reals scales = constants.reals(node, 1);
    for (int i = 0; i < scales.size(); i++) {
      if (!(scales.get(i) >= Float.MIN_NORMAL && Float.isFinite(scales.get(i)))) {
        throw node.refused("has scale %s; scales are finite and above 0".formatted(scales.get(i)));
      }
    }
    return scales;
  }
}
