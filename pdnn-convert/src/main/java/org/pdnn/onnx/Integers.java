package org.pdnn.onnx;

import java.util.Arrays;
import java.util.List;

/// Integers: extents, axes, indices.
final class Integers implements Constant {
  private final List<Integer> dimensions;
  private final long[] values;

  /// Takes the array as its own.
  Integers(List<Integer> dimensions, long[] values) {
    Constant.require(dimensions, values.length);
    this.dimensions = List.copyOf(dimensions);
    this.values = values;
  }

  /// A vector.
  static Integers of(long... values) {
    return new Integers(List.of(values.length), values.clone());
  }

  @Override
  public List<Integer> dimensions() {
    return dimensions;
  }

  @Override
  public Integers reshaped(List<Integer> others) {
    return new Integers(others, values);
  }

  @Override
  public String kind() {
    return "integers";
  }

  int size() {
    return values.length;
  }

  long get(int index) {
    return values[index];
  }

  /// All values, row-major.
  ///
  /// @throws IllegalArgumentException if they are more than extents or axes can be
  List<Long> toList() {
    ShapeArithmetic.small(values.length);
    return Arrays.stream(values).boxed().toList();
  }
}
