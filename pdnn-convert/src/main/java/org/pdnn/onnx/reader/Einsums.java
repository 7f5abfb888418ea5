package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.pdnn.names.Printable;

/// Products of two operands in Einstein's notation, `abc,cde->abde`, as Keras' attention has them:
/// each becomes a matrix product between transpositions and reshapes, which are read as any others.
final class Einsums {
  /// More than any product of a network has.
  private static final int MOST_AXES = 8;

  private final Node node;
  private final Constants constants;
  private final List<Node> nodes = new ArrayList<>();

  /// What is multiplied, by name and axes, and the axes of the product.
  private Operand left;

  private Operand right;
  private final String product;

  /// @param axes a letter each
  private record Operand(String name, String axes) {}

  private Einsums(Node node, Constants constants) {
    this.node = node;
    this.constants = constants;
    String equation = node.text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    String[] read = sides[0].split(",", -1);
    if (sides.length != 2 || read.length != 2 || node.inputs() != 2) {
      throw refused();
    }
    this.left = new Operand(node.input(0), read[0]);
    this.right = new Operand(node.input(1), read[1]);
    this.product = sides[1];
    for (String axes : List.of(read[0], read[1], product)) {
      if (axes.length() > MOST_AXES
          || !axes.chars().allMatch(Character::isAlphabetic)
          || axes.chars().distinct().count() != axes.length()) {
        throw refused();
      }
    }
  }

  /// The nodes of a graph, with those that stand for its einsums.
  static List<Node> lowered(List<Node> order, Constants constants) {
    List<Node> all = new ArrayList<>();
    for (Node node : order) {
      if (node.isStandard() && node.operator().equals("Einsum")) {
        try {
          all.addAll(new Einsums(node, constants).lowered());
        } catch (IllegalArgumentException e) {
          throw node.refused(e);
        }
      } else {
        all.add(node);
      }
    }
    return all;
  }

  private List<Node> lowered() {
    if (constants.isInitializer(left.name) || (!constants.isInitializer(right.name) && turned())) {
      Operand first = left;
      left = right;
      right = first;
    }
    String summed = only(left.axes, axis -> in(right.axes, axis) && !in(product, axis));
    String batch = only(product, axis -> in(left.axes, axis) && in(right.axes, axis));
    String rows = only(product, axis -> in(left.axes, axis) && !in(right.axes, axis));
    String columns = only(product, axis -> in(right.axes, axis) && !in(left.axes, axis));
    boolean matrix = constants.isInitializer(right.name);
    boolean all =
        left.axes.length() == batch.length() + rows.length() + summed.length()
            && right.axes.length() == batch.length() + columns.length() + summed.length()
            && product.length() == batch.length() + rows.length() + columns.length();
    boolean single = rows.length() == 1 && columns.length() == 1 && summed.length() == 1;
    if (!all || summed.isEmpty() || !(matrix ? batch.isEmpty() : single)) {
      throw refused();
    }
    String x = transposed(left.name, left.axes, batch + rows + summed);
    String y = transposed(right.name, right.axes, batch + summed + columns);
    String given = batch + rows + columns;
    if (matrix && summed.length() + columns.length() != 2) {
      List<Integer> extents = constants.get(right.name).dimensions();
      if (extents.size() != right.axes.length()) {
        throw refused();
      }
      IntUnaryOperator extent = axis -> extents.get(right.axes.indexOf(axis));
      long inputs = summed.chars().mapToLong(extent::applyAsInt).reduce(1, Math::multiplyExact);
      y = reshaped(y, List.of(inputs, -1L));
      List<Long> same = new ArrayList<>();
      rows.chars().forEach(_ -> same.add(0L));
      if (summed.length() > 1) {
        List<Long> joint = new ArrayList<>(same);
        joint.add(-1L);
        x = reshaped(x, joint);
      }
      x = add("MatMul", List.of(x, y));
      if (columns.length() != 1) {
        columns.chars().forEach(axis -> same.add((long) extent.applyAsInt(axis)));
        x = reshaped(x, same);
      }
    } else {
      x = add("MatMul", List.of(x, y));
    }
    transposed(x, given, product);
    Node last = nodes.removeLast();
    nodes.add(last.making(node.output()));
    return nodes;
  }

  /// Whether the product has the columns before the rows, which a product of the exchanged operands
  /// has not.
  private boolean turned() {
    String own = only(product, axis -> !in(left.axes, axis) || !in(right.axes, axis));
    return !own.isEmpty() && in(right.axes, own.charAt(0));
  }

  private static String only(String axes, IntPredicate kept) {
    return axes.chars()
        .filter(kept)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean in(String axes, int axis) {
    return axes.indexOf(axis) >= 0;
  }

  private String transposed(String name, String from, String to) {
    if (from.equals(to)) {
      return name;
    }
    AttributeProto.Builder order =
        AttributeProto.newBuilder().setName("perm").setType(AttributeProto.AttributeType.INTS);
    to.chars().forEach(axis -> order.addInts(from.indexOf(axis)));
    return add("Transpose", List.of(name), order.build());
  }

  private String reshaped(String name, List<Long> extents) {
    TensorProto.Builder target =
        TensorProto.newBuilder()
            .setDataType(DataType.INT64.getNumber())
            .addDims(extents.size())
            .addAllInt64Data(extents);
    String shape =
        add(
            "Constant",
            List.of(),
            AttributeProto.newBuilder()
                .setName("value")
                .setType(AttributeProto.AttributeType.TENSOR)
                .setT(target)
                .build());
    return add("Reshape", List.of(name, shape));
  }

  private String add(String operator, List<String> read, AttributeProto... attributes) {
    String output = "%s, part %s".formatted(node.output(), nodes.size());
    NodeProto.Builder part =
        NodeProto.newBuilder()
            .setOpType(operator)
            .addAllInput(read)
            .addAllAttribute(List.of(attributes))
            .addOutput(output);
    nodes.add(node.part(part));
    return output;
  }

  private NodeFault refused() {
    return node.refused(
        "has the equation %s; products with a constant matrix, and those of two values summed over one axis, are read: export the model with MatMul in its place"
            .formatted(Printable.quoted(node.text("equation", ""))));
  }
}
