package org.pdnn.onnx.reader;

import java.util.List;

/// An array that a graph knows before it runs: weights, or the integers that shapes and quantised
/// weights are made of.
sealed interface ConstantArray permits Reals, Integers {
  /// The most axes of an array.
  int MOST_AXES = 8;

  /// The extents, outermost first; none for a single value.
  List<Integer> dimensions();

  /// How many values there are.
  int size();

  /// The same values, row-major, under other extents.
  ///
  /// @throws IllegalArgumentException if they hold another number of values
  ConstantArray reshaped(List<Integer> dimensions);

  /// An array of some of these values.
  ConstantArray picked(List<Integer> dimensions, Picks picks);

  /// The values repeated along new axes in front and axes of extent 1, see [ArrayView#broadcast].
  ConstantArray repeated(List<Integer> extents);

  /// The nearest numbers of 32 bits.
  Reals reals();

  /// What the values are, in a sentence.
  String kind();

  /// Which value of one array goes where in another.
  @FunctionalInterface
  interface Picks {
    void each(Pick pick);
  }

  /// Row-major indices of one value.
  @FunctionalInterface
  interface Pick {
    void take(int to, int from);
  }

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
