package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;

/// Constants computed from constants, value by value: real numbers in 32 bits, as ONNX Runtime does
/// it, and integers in 64.
final class Elementwise {
  private Elementwise() {}

  @FunctionalInterface
  private interface OfOne {
    float apply(float value);
  }

  @FunctionalInterface
  private interface OfTwo {
    float apply(float left, float right);
  }

  /// Neg, Abs, Sign, Sqrt, Reciprocal, Exp.
  static ConstantArray unary(Node node, Constants constants) {
    if (constants.input(node, 0) instanceof Integers integers) {
      boolean negates = node.operator().equals("Neg");
      if (!negates && !node.operator().equals("Abs")) {
        throw node.refused("reads integers, where real numbers are read");
      }
      constants.charge(integers.dimensions());
      return new Integers(
          integers.dimensions(),
          integers.stream().map(value -> negates ? -value : Math.abs(value)).toArray());
    }
    OfOne operator =
        switch (node.operator()) {
          case "Neg" -> value -> -value;
          case "Abs" -> Math::abs;
          case "Sign" -> Math::signum;
          case "Sqrt" -> value -> (float) Math.sqrt(value);
          case "Reciprocal" -> value -> 1 / value;
          default -> value -> (float) Math.exp(value);
        };
    Reals reals = constants.reals(node, 0);
    constants.charge(reals.dimensions());
    float[] values = new float[reals.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.apply(reals.get(i));
    }
    return new Reals(reals.dimensions(), values);
  }

  /// Add, Sub, Mul, Div, Pow, Min, Max and Equal of two arrays, of which one or both are repeated
  /// until their extents agree.
  static ConstantArray binary(Node node, Constants constants) {
    ConstantArray left = constants.input(node, 0);
    ConstantArray right = constants.input(node, 1);
    if (node.inputs() > 2) {
      throw node.refused("joins %s constants; two are read".formatted(node.inputs()));
    }
    if (node.hasAttribute("axis")) {
      throw node.refused(
          "repeats constants along an axis; export the model in operator set 7 or newer");
    }
    List<Integer> extents = common(node, left.dimensions(), right.dimensions());
    constants.charge(extents);
    boolean power = node.operator().equals("Pow");
    if (left instanceof Integers a && right instanceof Integers b && !power) {
      LongBinaryOperator operator = ofIntegers(node);
      Integers first = a.repeated(extents);
      Integers second = b.repeated(extents);
      long[] values = new long[first.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = operator.applyAsLong(first.get(i), second.get(i));
      }
      return new Integers(extents, values);
    }
    if (node.operator().equals("Equal")) {
      throw node.refused("compares real numbers; only integers are compared here");
    }
    OfTwo operator = ofReals(node);
    Reals first = constants.reals(node, 0).repeated(extents);
    Reals second = (power ? right.reals() : constants.reals(node, 1)).repeated(extents);
    float[] values = new float[first.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = operator.apply(first.get(i), second.get(i));
    }
    return new Reals(extents, values);
  }

  /// Values of one array or of another, as a third says.
  static ConstantArray where(Node node, Constants constants) {
    Integers condition = constants.integers(node, 0);
    ConstantArray yes = constants.input(node, 1);
    ConstantArray no = constants.input(node, 2);
    if (yes.getClass() != no.getClass()) {
      throw node.refused("chooses among %s and %s".formatted(yes.kind(), no.kind()));
    }
    List<Integer> extents =
        common(node, condition.dimensions(), common(node, yes.dimensions(), no.dimensions()));
    constants.charge(extents);
    Integers chosen = condition.repeated(extents);
    int size = chosen.size();
    ConstantArray both =
        Rearranged.joined(
            List.of(
                yes.repeated(extents).reshaped(List.of(size)),
                no.repeated(extents).reshaped(List.of(size))),
            List.of(2 * size),
            0);
    return both.picked(
        extents,
        pick -> {
          for (int i = 0; i < size; i++) {
            pick.take(i, chosen.get(i) != 0 ? i : size + i);
          }
        });
  }

  private static LongBinaryOperator ofIntegers(Node node) {
    return switch (node.operator()) {
      case "Add" -> Long::sum;
      case "Sub" -> (a, b) -> a - b;
      case "Mul" -> (a, b) -> a * b;
      case "Min" -> Math::min;
      case "Max" -> Math::max;
      case "Equal" -> (a, b) -> a == b ? 1 : 0;
      default ->
          (a, b) -> {
            if (b == 0) {
              throw node.refused("divides by 0");
            }
            return a / b;
          };
    };
  }

  private static OfTwo ofReals(Node node) {
    return switch (node.operator()) {
      case "Add" -> Float::sum;
      case "Sub" -> (a, b) -> a - b;
      case "Mul" -> (a, b) -> a * b;
      case "Div" -> (a, b) -> a / b;
      case "Min" -> Math::min;
      case "Max" -> Math::max;
      default -> (a, b) -> (float) Math.pow(a, b);
    };
  }

  /// The extents to which both are repeated.
  private static List<Integer> common(Node node, List<Integer> left, List<Integer> right) {
    int rank = Math.max(left.size(), right.size());
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int a = axis < rank - left.size() ? 1 : left.get(axis - rank + left.size());
      int b = axis < rank - right.size() ? 1 : right.get(axis - rank + right.size());
      if (a != b && a != 1 && b != 1) {
        throw node.refused("joins constants of extents %s and %s".formatted(left, right));
      }
      extents.add(a == 1 ? b : a);
    }
    return extents;
  }
}
