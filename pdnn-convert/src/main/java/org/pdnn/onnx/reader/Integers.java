package org.pdnn.onnx.reader;

import java.util.List;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Integers: extents, axes, indices, and weights in few bits.
final class Integers implements ConstantArray {
  /// Integers of one list; a shape has up to eight.
  private static final int LONGEST_LIST = 1024;

  private final List<Integer> dimensions;
  private final int size;

  /// The value at a row-major index. Those of a file stay there in their few bits.
  private final IntToLongFunction values;

  Integers(List<Integer> dimensions, int size, IntToLongFunction values) {
    ConstantArray.require(dimensions, size);
    this.dimensions = List.copyOf(dimensions);
    this.size = size;
    this.values = values;
  }

  /// Takes the array as its own.
  Integers(List<Integer> dimensions, long[] values) {
    this(dimensions, values.length, index -> values[index]);
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
  public int size() {
    return size;
  }

  @Override
  public Integers reshaped(List<Integer> others) {
    return new Integers(others, size, values);
  }

  @Override
  public Integers picked(List<Integer> others, Picks picks) {
    long[] picked = new long[(int) ConstantArray.size(others)];
    picks.each((to, from) -> picked[to] = values.applyAsLong(from));
    return new Integers(others, picked);
  }

  @Override
  public Integers repeated(List<Integer> extents) {
    return dimensions.equals(extents)
        ? this
        : picked(extents, ArrayView.of(dimensions).broadcast(extents));
  }

  @Override
  public Reals reals() {
    float[] reals = new float[size];
    for (int i = 0; i < size; i++) {
      reals[i] = get(i);
    }
    return new Reals(dimensions, reals);
  }

  @Override
  public String kind() {
    return "integers";
  }

  long get(int index) {
    return values.applyAsLong(index);
  }

  LongStream stream() {
    return IntStream.range(0, size).mapToLong(values);
  }

  /// All values, row-major.
  ///
  /// @throws IllegalArgumentException if they are more than extents or axes can be
  List<Long> toList() {
    if (size > LONGEST_LIST) {
      throw new IllegalArgumentException(
          "has %s integers, more than the %s of any shape".formatted(size, LONGEST_LIST));
    }
    return stream().boxed().toList();
  }
}
