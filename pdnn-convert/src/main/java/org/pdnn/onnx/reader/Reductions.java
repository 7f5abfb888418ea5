package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Sums, means, norms and products of constants over some of their axes.
final class Reductions {
  private Reductions() {}

  /// ReduceSum, ReduceMean, ReduceL2 and ReduceProd; sums are taken in 64 bits.
  static ConstantArray of(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    List<Integer> own = value.dimensions();
    List<Long> named =
        node.has(1) ? constants.integers(node, 1).toList() : node.integers("axes", List.of());
    if (named.isEmpty() && node.integer("noop_with_empty_axes", 0) != 0) {
      return value;
    }
    List<Integer> over =
        named.isEmpty()
            ? IntStream.range(0, own.size()).boxed().toList()
            : named.stream()
                .map(axis -> Rearranged.axis(node, axis, own.size()))
                .distinct()
                .toList();
    List<Integer> kept =
        IntStream.range(0, own.size()).boxed().filter(axis -> !over.contains(axis)).toList();
    List<Integer> order = new ArrayList<>(kept);
    order.addAll(over);
    constants.charge(own);
    ArrayView view = ArrayView.of(own).permuted(order);
    ConstantArray turned = value.picked(view.extents(), view);
    List<Integer> extents = new ArrayList<>();
    boolean keeps = node.integer("keepdims", 1) != 0;
    for (int axis = 0; axis < own.size(); axis++) {
      if (kept.contains(axis) || keeps) {
        extents.add(kept.contains(axis) ? own.get(axis) : 1);
      }
    }
    int groups = (int) ConstantArray.size(kept.stream().map(own::get).toList());
    constants.charge(extents);
    return switch (turned) {
      case Reals reals -> reduced(node, reals, groups, extents);
      case Integers integers -> product(node, integers, groups, extents);
    };
  }

  private static Reals reduced(Node node, Reals reals, int groups, List<Integer> extents) {
    float[] values = new float[groups];
    int length = groups == 0 ? 0 : reals.size() / groups;
    String operator = node.operator();
    for (int group = 0; group < groups; group++) {
      double result = operator.equals("ReduceProd") ? 1 : 0;
      for (int i = 0; i < length; i++) {
        double value = reals.get(group * length + i);
        switch (operator) {
          case "ReduceProd" -> result *= value;
          case "ReduceL2" -> result += value * value;
          default -> result += value;
        }
      }
      values[group] =
          (float)
              switch (operator) {
                case "ReduceMean" -> result / length;
                case "ReduceL2" -> Math.sqrt(result);
                default -> result;
              };
    }
    return new Reals(extents, values);
  }

  private static Integers product(Node node, Integers integers, int groups, List<Integer> extents) {
    long[] values = new long[groups];
    int length = groups == 0 ? 0 : integers.size() / groups;
    for (int group = 0; group < groups; group++) {
      int first = group * length;
      values[group] =
          switch (node.operator()) {
            case "ReduceProd" ->
                IntStream.range(first, first + length)
                    .mapToLong(integers::get)
                    .reduce(1, (a, b) -> a * b);
            case "ReduceSum" ->
                IntStream.range(first, first + length).mapToLong(integers::get).sum();
            default -> throw node.refused("reads integers, where real numbers are read");
          };
    }
    return new Integers(extents, values);
  }
}
