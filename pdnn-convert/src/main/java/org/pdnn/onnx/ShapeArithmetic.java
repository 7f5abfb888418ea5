package org.pdnn.onnx;

import java.util.ArrayList;
import java.util.List;

/// Arithmetic of the few integers that shapes are made of.
final class ShapeArithmetic {
  /// Integers of one array; a shape has up to eight.
  static final int MOST = 1024;

  private ShapeArithmetic() {}

  /// Checks how many integers there are.
  static int small(int values) {
    if (values > MOST) {
      throw new IllegalArgumentException(
          "has %s integers, more than the %s of any shape".formatted(values, MOST));
    }
    return values;
  }

  /// Elements of a vector by index; a single index gives a single element.
  static Integers gather(Node node, Constants constants) {
    Integers values = vector(node, constants.integers(node, 0));
    Integers indices = constants.integers(node, 1);
    requireFirstAxis(node, node.integer("axis", 0));
    long[] gathered = new long[small(indices.size())];
    for (int i = 0; i < gathered.length; i++) {
      long index = indices.get(i);
      long at = index < 0 ? index + values.size() : index;
      if (at < 0 || at >= values.size()) {
        throw node.refused("takes element %s of %s".formatted(index, values.size()));
      }
      gathered[i] = values.get((int) at);
    }
    return new Integers(indices.dimensions(), gathered);
  }

  /// A stretch of a vector, forwards.
  static Integers slice(Node node, Constants constants) {
    Integers values = vector(node, constants.integers(node, 0));
    boolean inputs = node.has(1);
    List<Long> starts = list(node, constants, inputs, 1, "starts");
    List<Long> ends = list(node, constants, inputs, 2, "ends");
    List<Long> axes = list(node, constants, inputs, 3, "axes");
    if (starts.size() != 1 || ends.size() != 1) {
      throw node.refused("slices a vector by %s starts".formatted(starts.size()));
    }
    requireFirstAxis(node, axes.isEmpty() ? 0 : axes.getFirst());
    if (node.has(4) && !constants.integers(node, 4).toList().equals(List.of(1L))) {
      throw node.refused("slices by other steps than 1");
    }
    int from = clamped(starts.getFirst(), values.size());
    int to = Math.max(from, clamped(ends.getFirst(), values.size()));
    long[] sliced = new long[to - from];
    for (int i = 0; i < sliced.length; i++) {
      sliced[i] = values.get(from + i);
    }
    return Integers.of(sliced);
  }

  private static int clamped(long index, int size) {
    return Math.clamp(index < 0 ? index + size : index, 0, size);
  }

  private static List<Long> list(
      Node node, Constants constants, boolean inputs, int position, String attribute) {
    if (!inputs) {
      return node.integers(attribute, List.of());
    }
    return node.has(position) ? constants.integers(node, position).toList() : List.of();
  }

  /// Vectors one after the other.
  static Integers concat(Node node, Constants constants) {
    requireFirstAxis(node, node.integer("axis", 0));
    List<Long> joined = new ArrayList<>();
    for (int i = 0; i < node.inputs(); i++) {
      joined.addAll(vector(node, constants.integers(node, i)).toList());
      small(joined.size());
    }
    return Integers.of(joined.stream().mapToLong(Long::longValue).toArray());
  }

  /// Add, Sub, Mul, Div by element; a single value goes with each.
  static Integers combine(Node node, Constants constants) {
    Integers left = constants.integers(node, 0);
    Integers right = constants.integers(node, 1);
    boolean wide = left.size() >= right.size();
    Integers wider = wide ? left : right;
    int size = small(wider.size());
    if ((left.size() != size && left.size() != 1) || (right.size() != size && right.size() != 1)) {
      throw node.refused("combines %s integers with %s".formatted(left.size(), right.size()));
    }
    long[] values = new long[size];
    for (int i = 0; i < size; i++) {
      long a = left.get(left.size() == 1 ? 0 : i);
      long b = right.get(right.size() == 1 ? 0 : i);
      values[i] =
          switch (node.operator()) {
            case "Add" -> a + b;
            case "Sub" -> a - b;
            case "Mul" -> a * b;
            default -> {
              if (b == 0) {
                throw node.refused("divides by 0");
              }
              yield a / b;
            }
          };
    }
    return new Integers(wider.dimensions(), values);
  }

  /// The product of all elements.
  static Integers product(Node node, Constants constants) {
    Integers values = vector(node, constants.integers(node, 0));
    long product = 1;
    for (int i = 0; i < small(values.size()); i++) {
      product *= values.get(i);
    }
    boolean keeps = node.integer("keepdims", 1) != 0;
    return new Integers(keeps ? List.of(1) : List.of(), new long[] {product});
  }

  private static Integers vector(Node node, Integers values) {
    if (values.dimensions().size() != 1) {
      throw node.refused(
          "reads integers of extents %s, not a vector".formatted(values.dimensions()));
    }
    return values;
  }

  private static void requireFirstAxis(Node node, long axis) {
    if (axis != 0 && axis != -1) {
      throw node.refused("names axis %s of a vector".formatted(axis));
    }
  }
}
