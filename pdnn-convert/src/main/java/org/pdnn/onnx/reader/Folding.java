package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Nodes that read nothing but constants, computed once: the arithmetic of shapes that PyTorch
/// writes for `x.view(x.size(0), -1)`, and weights that are turned, scaled or made of integers
/// before they are used.
final class Folding {
  private Folding() {}

  /// The constant that a node makes.
  ///
  /// @throws NodeFault if the operator is not among those that are folded
  static ConstantArray fold(Node node, Constants constants) {
    try {
      return switch (node.operator()) {
        case "Constant" -> constant(node, constants);
        case "ConstantOfShape" -> Rearranged.filled(node, constants);
        case "Identity" -> constants.input(node, 0);
        case "Cast" -> Casts.of(node, constants);
        case "DequantizeLinear" -> Quantised.dequantised(node, constants);
        case "QuantizeLinear" -> Quantised.quantised(node, constants);
        case "Quant", "IntQuant" -> Quantised.quant(node, constants);
        case "BipolarQuant" -> Quantised.bipolarQuant(node, constants);
        case "Shape" -> shape(node, constants.input(node, 0).dimensions());
        case "Transpose" -> Rearranged.transpose(node, constants);
        case "Reshape" -> reshape(node, constants);
        case "Flatten" -> flatten(node, constants);
        case "Squeeze" -> squeeze(node, constants);
        case "Unsqueeze" -> unsqueeze(node, constants);
        case "Expand" -> Rearranged.expand(node, constants);
        case "Gather" -> Rearranged.gather(node, constants);
        case "Slice" -> Rearranged.slice(node, constants);
        case "Concat" -> Rearranged.concat(node, constants);
        case "Add", "Sub", "Mul", "Div", "Pow", "Min", "Max", "Equal" ->
            Elementwise.binary(node, constants);
        case "Where" -> Elementwise.where(node, constants);
        case "Neg", "Abs", "Sign", "Sqrt", "Reciprocal", "Exp" ->
            Elementwise.unary(node, constants);
        case "ReduceSum", "ReduceMean", "ReduceL2", "ReduceProd" -> Reductions.of(node, constants);
        default ->
            throw node.refused(
                "computes a constant by an operator that is not computed here; fold the constants"
                    + " by onnxsim, or in PyTorch by do_constant_folding=True");
      };
    } catch (IllegalArgumentException e) {
      throw node.refused(e);
    }
  }

  /// The extents of an array, as the node `Shape` gives them.
  ///
  /// @param extents all of them, the batch too
  static Integers shape(Node node, List<Integer> extents) {
    int rank = extents.size();
    int from = clamped(node.integer("start", 0), rank);
    int to = clamped(node.integer("end", rank), rank);
    return Integers.of(
        extents.subList(from, Math.max(from, to)).stream().mapToLong(Integer::longValue).toArray());
  }

  private static int clamped(long axis, int rank) {
    return Math.clamp(axis < 0 ? axis + rank : axis, 0, rank);
  }

  private static ConstantArray constant(Node node, Constants constants) {
    Optional<TensorProto> value = node.tensor("value");
    if (value.isPresent()) {
      try {
        return constants.read(value.get());
      } catch (IllegalArgumentException e) {
        throw new NodeFault("%s %s".formatted(node, e.getMessage()), e);
      }
    }
    if (node.hasAttribute("value_int")) {
      return new Integers(List.of(), new long[] {node.integer("value_int", 0)});
    }
    if (node.hasAttribute("value_float")) {
      return new Reals(List.of(), new float[] {node.real("value_float", 0)});
    }
    if (node.hasAttribute("value_ints")) {
      return Integers.of(
          node.integers("value_ints", List.of()).stream().mapToLong(Long::longValue).toArray());
    }
    throw node.refused("has no value that is read; a tensor, integers or a real number are");
  }

  private static ConstantArray reshape(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    List<Integer> extents = new ArrayList<>();
    List<Long> target = constants.integers(node, 1).toList();
    long known = 1;
    int open = -1;
    for (long extent : target) {
      int axis = extents.size();
      if (extent == 0 && axis < value.dimensions().size() && node.integer("allowzero", 0) == 0) {
        extent = value.dimensions().get(axis);
      }
      if (extent == -1 && open < 0) {
        open = axis;
        extent = 1;
      }
      if (extent < 0 || extent > Integer.MAX_VALUE || axis >= ConstantArray.MOST_AXES) {
        throw node.refused("reshapes constants to more than fits");
      }
      extents.add((int) extent);
      known = Math.min(known * extent, Integer.MAX_VALUE);
    }
    if (open >= 0 && known > 0) {
      extents.set(open, (int) (ConstantArray.size(value.dimensions()) / known));
    }
    return value.reshaped(extents);
  }

  /// Two axes: what is before an axis, and the rest.
  private static ConstantArray flatten(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    int rank = value.dimensions().size();
    int axis = clamped(node.integer("axis", 1), rank);
    int rows = (int) ConstantArray.size(value.dimensions().subList(0, axis));
    int columns = (int) ConstantArray.size(value.dimensions().subList(axis, rank));
    return value.reshaped(List.of(rows, columns));
  }

  private static ConstantArray squeeze(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    List<Integer> extents = new ArrayList<>(value.dimensions());
    List<Long> axes = axes(node, constants);
    if (axes.isEmpty()) {
      extents.removeIf(extent -> extent == 1);
      return value.reshaped(extents);
    }
    TreeSet<Long> removed = new TreeSet<>();
    axes.forEach(axis -> removed.add(axis < 0 ? axis + extents.size() : axis));
    for (long axis : removed.descendingSet()) {
      if (axis < 0 || axis >= extents.size()) {
        throw node.refused("removes axis %s of %s".formatted(axis, extents.size()));
      }
      extents.remove((int) axis);
    }
    return value.reshaped(extents);
  }

  private static ConstantArray unsqueeze(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    List<Integer> extents = new ArrayList<>(value.dimensions());
    List<Long> axes = axes(node, constants);
    int rank = extents.size() + axes.size();
    TreeSet<Long> inserted = new TreeSet<>();
    axes.forEach(axis -> inserted.add(axis < 0 ? axis + rank : axis));
    for (long axis : inserted) {
      if (axis < 0 || axis > extents.size() || rank > ConstantArray.MOST_AXES) {
        throw node.refused("inserts axis %s".formatted(axis));
      }
      extents.add((int) axis, 1);
    }
    return value.reshaped(extents);
  }

  private static List<Long> axes(Node node, Constants constants) {
    return node.has(1) ? constants.integers(node, 1).toList() : node.integers("axes", List.of());
  }
}
