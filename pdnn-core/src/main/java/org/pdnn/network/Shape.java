package org.pdnn.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// The extents of an array, outermost first, as PyTorch writes them: an image is (channels, height,
/// width), a vector is (n).
public record Shape(List<Integer> dimensions) {
  /// More elements than this (2^28, 1 GiB of floats) are taken for a mistake or an attack.
  public static final long LARGEST = 1L << 28;

  /// @throws IllegalArgumentException if a dimension is below 1 or the whole is too large
  public Shape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.isEmpty()) {
      throw new IllegalArgumentException("a shape needs at least one dimension");
    }
    long size = 1;
    for (int dimension : dimensions) {
      if (dimension < 1) {
        throw new IllegalArgumentException("dimensions must be at least 1, got " + dimensions);
      }
      size *= dimension;
      if (size > LARGEST) {
        throw new IllegalArgumentException(
            "a shape has at most %s elements, got %s".formatted(LARGEST, dimensions));
      }
    }
  }

  /// A shape from its extents.
  public static Shape of(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  /// Number of dimensions.
  public int rank() {
    return dimensions.size();
  }

  /// The extent of one dimension.
  public int dimension(int index) {
    return dimensions.get(index);
  }

  /// Number of elements.
  public int size() {
    return dimensions.stream().reduce(1, (a, b) -> a * b);
  }

  /// Extents joined by `x`, as in `3x32x32`.
  @Override
  public String toString() {
    return dimensions.stream().map(String::valueOf).collect(Collectors.joining("x"));
  }
}
