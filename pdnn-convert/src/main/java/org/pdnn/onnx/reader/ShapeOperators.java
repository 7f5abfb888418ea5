package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.pdnn.network.Shape;

/// What changes the shape of values, or nothing at all.
final class ShapeOperators {
  private ShapeOperators() {}

  static void flatten(Node node, OperatorContext reading) {
    long axis = node.integer("axis", 1);
    if (reading.axis(node, axis) != 1) {
      throw node.refused("has axis %s; only 1, which keeps the batch, is read".formatted(axis));
    }
    reading.value().reshape(Shape.of(reading.layers().shape().size()));
  }

  static void reshape(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    List<Long> target = reading.constants().integers(node, 1).toList();
    boolean zeroIsZero = node.integer("allowzero", 0) != 0;
    Shape shape = reading.value().seen();
    if (target.size() < 2 || target.size() > 8) {
      throw node.refused(
          "reshapes to %s; the batch must stay the first axis, and others follow"
              .formatted(brief(target)));
    }
    long batch = target.getFirst();
    boolean keeps =
        batch == 1 || batch == -1 || batch == reading.batch() || (batch == 0 && !zeroIsZero);
    if (!keeps) {
      throw node.refused(
          "reshapes to %s; the batch, axis 0, must stay as it is".formatted(brief(target)));
    }
    long known = 1;
    int open = -1;
    List<Integer> extents = new ArrayList<>();
    for (int axis = 1; axis < target.size(); axis++) {
      long extent = target.get(axis);
      if (extent == 0 && !zeroIsZero && axis <= shape.rank()) {
        extent = shape.dimension(axis - 1);
      }
      if (extent == -1 && open < 0 && batch != -1) {
        open = axis - 1;
        extent = 1;
      }
      if (extent < 1 || extent > shape.size()) {
        throw node.refused("reshapes %s to %s".formatted(shape, brief(target)));
      }
      known = Math.min(known * extent, Shape.LARGEST + 1);
      extents.add((int) extent);
    }
    if (open >= 0 && shape.size() % known == 0) {
      extents.set(open, (int) (shape.size() / known));
      known = shape.size();
    }
    if (known != shape.size()) {
      throw node.refused(
          "reshapes %s values of an input, %s, to %s"
              .formatted(shape.size(), shape, brief(target)));
    }
    reading.value().reshape(new Shape(extents));
  }

  /// Removes axes of extent 1.
  static void squeeze(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Shape shape = reading.value().seen();
    List<Integer> left = new ArrayList<>(shape.dimensions());
    List<Long> axes = reading.axes(node, 1);
    if (axes.isEmpty()) {
      throw node.refused("names no axes; export it with the axes to remove");
    }
    TreeSet<Integer> removed = new TreeSet<>();
    axes.forEach(axis -> removed.add(reading.axis(node, axis)));
    for (int axis : removed.descendingSet()) {
      if (axis == 0 || shape.dimension(axis - 1) != 1) {
        throw node.refused("removes axis %s of a batch of %s".formatted(axis, shape));
      }
      left.remove(axis - 1);
    }
    reading.value().reshape(new Shape(left));
  }

  /// Inserts axes of extent 1.
  static void unsqueeze(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    List<Integer> extents = new ArrayList<>(reading.value().seen().dimensions());
    List<Long> axes = reading.axes(node, 1);
    int rank = extents.size() + 1 + axes.size();
    TreeSet<Long> inserted = new TreeSet<>();
    axes.forEach(axis -> inserted.add(axis < 0 ? axis + rank : axis));
    for (long axis : inserted) {
      if (axis < 1 || axis > extents.size() + 1 || inserted.size() != axes.size()) {
        throw node.refused("inserts the axes %s".formatted(brief(axes)));
      }
      extents.add((int) axis - 1, 1);
    }
    reading.value().reshape(new Shape(extents));
  }

  /// Another order of the axes, which the layers that follow take into their weights.
  static void transpose(Node node, OperatorContext reading) {
    Branch value = reading.value();
    int rank = value.seen().rank();
    List<Long> order =
        node.integers(
            "perm", IntStream.rangeClosed(0, rank).mapToObj(axis -> (long) rank - axis).toList());
    List<Integer> axes = order.stream().map(axis -> Math.clamp(axis, -1, 99)).toList();
    boolean all =
        axes.stream().sorted().toList().equals(IntStream.rangeClosed(0, rank).boxed().toList());
    boolean first = all && axes.indexOf(value.arrangement().batch()) == 0;
    if (!all || (value.arrangement().flat() && !first)) {
      throw node.refused(
          "reorders axes by %s; the batch, axis 0, must stay the first of %s"
              .formatted(brief(order), rank + 1));
    }
    if (rank > 1) {
      value.arrange(value.arrangement().transposed(axes));
    }
  }

  /// A border of zeros, or of no width, which PyTorch writes before an average pool.
  static void pad(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    List<Long> pads =
        node.has(1)
            ? reading.constants().integers(node, 1).toList()
            : node.integers("pads", List.of());
    if (pads.stream().allMatch(pad -> pad == 0)) {
      return;
    }
    double value = node.has(2) ? reading.constants().number(node, 2) : node.real("value", 0);
    String mode = node.text("mode", "constant");
    if (value != 0 || !mode.equals("constant")) {
      throw node.refused(
          "adds a border other than of zeros; let the convolution after it pad, with zeros");
    }
    List<Integer> axes =
        node.has(3)
            ? reading.constants().integers(node, 3).toList().stream()
                .map(axis -> reading.axis(node, axis))
                .toList()
            : IntStream.rangeClosed(0, reading.value().seen().rank()).boxed().toList();
    reading.value().surround(Border.of(node, pads, axes, reading.value().arrangement()));
  }

  static void dropout(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    if (node.has(2)) {
      Integers training = reading.constants().integers(node, 2);
      if (training.size() != 1 || training.get(0) != 0) {
        throw node.refused("is in training mode; export the model for inference");
      }
    }
    reading.layers().remark("%s is an identity at inference".formatted(node));
  }

  static void cast(Node node, OperatorContext reading) {
    DataType to = DataType.forNumber(Math.clamp(node.integer("to", 0), -1, Byte.MAX_VALUE));
    if (to == DataType.FLOAT16 || to == DataType.BFLOAT16 || to == DataType.DOUBLE) {
      reading
          .layers()
          .remark("%s is an identity: numbers have 32 bits here, not %s".formatted(node, to));
    } else if (to == DataType.INT64 || to == DataType.INT32) {
      reading
          .value()
          .makeWhole(
              node.refused(
                  "makes whole numbers, which only an embedding reads; export the model without"
                      + " it"));
    } else if (to != DataType.FLOAT) {
      throw node.refused("makes values that are no real numbers; export the model without it");
    }
  }

  private static String brief(List<Long> values) {
    return values.size() > 8 ? values.subList(0, 8) + "..." : values.toString();
  }
}
