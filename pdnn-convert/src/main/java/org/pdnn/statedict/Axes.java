package org.pdnn.statedict;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.pdnn.network.Shape;

/// Arrays whose axes are put into another order.
final class Axes {
  private Axes() {}

  /// The shape of an array after [#permuted].
  static Shape permuted(Shape shape, int... axes) {
    return new Shape(Arrays.stream(axes).mapToObj(shape::dimension).toList());
  }

  /// The values of an array, row-major, in the order that they have when axis i is what was axis
  /// `axes[i]`.
  ///
  /// @param shape of the array as it is
  static float[] permuted(float[] values, Shape shape, int... axes) {
    int[] extents = Arrays.stream(axes).map(shape::dimension).toArray();
    int[] strides = Arrays.stream(axes).map(axis -> stride(shape, axis)).toArray();
    int[] index = new int[axes.length];
    float[] permuted = new float[values.length];
    int from = 0;
    for (int to = 0; to < permuted.length; to++) {
      permuted[to] = values[from];
      for (int axis = axes.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < extents[axis]) {
          break;
        }
        from -= strides[axis] * extents[axis];
        index[axis] = 0;
      }
    }
    return permuted;
  }

  /// All axes of an array, the last first.
  static int[] reversed(int rank) {
    return IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray();
  }

  private static int stride(Shape shape, int axis) {
    return shape.dimensions().stream().skip(axis + 1L).reduce(1, (a, b) -> a * b);
  }
}
