package org.pdnn.onnx;

import java.util.List;

/// An array that a graph knows before it runs: weights, or the integers that shapes are made of.
sealed interface Constant permits Reals, Integers {
  /// The extents, outermost first; none for a single value.
  List<Integer> dimensions();

  /// The same values, row-major, under other extents.
  ///
  /// @throws IllegalArgumentException if they hold another number of values
  Constant reshaped(List<Integer> dimensions);

  /// What the values are, in a sentence.
  String kind();

  /// Values in an array of such extents.
  static long size(List<Integer> dimensions) {
    long size = 1;
    for (int dimension : dimensions) {
      size = Math.multiplyExact(size, (long) dimension);
    }
    return size;
  }

  /// Checks that an array is filled.
  static void require(List<Integer> dimensions, int values) {
    if (size(dimensions) != values) {
      throw new IllegalArgumentException(
          "extents %s hold %s values, got %s".formatted(dimensions, size(dimensions), values));
    }
  }
}
