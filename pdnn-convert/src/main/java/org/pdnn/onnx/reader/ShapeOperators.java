package org.pdnn.onnx.reader;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    Branch value = reading.value();
    Shape shape = value.seen();
    boolean first = value.arrangement().batchFirst();
    if (target.size() > 8 || (first && target.size() < 2)) {
      throw node.refused(
          "reshapes to %s; the batch must stay the first axis, and others follow"
              .formatted(brief(target)));
    }
    if (target.stream().filter(extent -> extent == -1).count() > 1) {
      throw node.refused("reshapes %s to %s".formatted(shape, brief(target)));
    }
    long batch = first ? target.getFirst() : 0;
    boolean keeps =
        batch == 1 || batch == -1 || batch == reading.batch() || (batch == 0 && !zeroIsZero);
    Optional<List<Integer>> own =
        first && keeps
            ? extents(target.subList(1, target.size()), shape.dimensions(), !zeroIsZero)
            : Optional.empty();
    if (own.isPresent()) {
      value.reshape(new Shape(own.get()));
      return;
    }
    // Tokens of all inputs may be joined, as before a dense layer; those of one are then all.
    boolean joins = !first || shape.rank() > 1;
    if (joins && extents(target, value.extents(), !zeroIsZero).filter(value::regroup).isPresent()) {
      return;
    }
    throw node.refused(
        first && !keeps
            ? "reshapes to %s; the batch, axis 0, must stay as it is".formatted(brief(target))
            : "reshapes %s values of an input, %s, to %s"
                .formatted(shape.size(), shape, brief(target)));
  }

  /// The extents that a reshape makes of others.
  ///
  /// @param target at most one of them -1, for what is left
  /// @param zeroCopies whether 0 stands for the extent that is there
  /// @return empty if they have another size
  private static Optional<List<Integer>> extents(
      List<Long> target, List<Integer> before, boolean zeroCopies) {
    long size = ConstantArray.size(before);
    long known = 1;
    int open = -1;
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < target.size(); axis++) {
      long extent = target.get(axis);
      if (extent == 0 && zeroCopies && axis < before.size()) {
        extent = before.get(axis);
      }
      if (extent == -1) {
        open = axis;
        extent = 1;
      }
      if (extent < 1 || extent > size) {
        return Optional.empty();
      }
      known = Math.min(known * extent, Shape.LARGEST + 1);
      extents.add((int) extent);
    }
    if (open >= 0 && size % known == 0) {
      extents.set(open, (int) (size / known));
      known = size;
    }
    return known == size ? Optional.of(extents) : Optional.empty();
  }

  /// Removes axes of extent 1.
  static void squeeze(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Branch value = reading.value();
    List<Integer> left = value.extents();
    List<Long> axes = reading.axes(node, 1);
    if (axes.isEmpty()) {
      throw node.refused("names no axes; export it with the axes to remove");
    }
    TreeSet<Integer> removed = new TreeSet<>();
    axes.forEach(axis -> removed.add(reading.axis(node, axis)));
    for (int axis : removed.descendingSet()) {
      if (axis < value.arrangement().before() || left.get(axis) != 1) {
        throw node.refused("removes axis %s of a batch of %s".formatted(axis, value.seen()));
      }
      left.remove(axis);
    }
    value.become(left);
  }

  /// Inserts axes of extent 1.
  static void unsqueeze(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Branch value = reading.value();
    List<Integer> extents = value.extents();
    List<Long> axes = reading.axes(node, 1);
    int rank = extents.size() + axes.size();
    TreeSet<Long> inserted = new TreeSet<>();
    axes.forEach(axis -> inserted.add(axis < 0 ? axis + rank : axis));
    for (long axis : inserted) {
      if (axis < value.arrangement().before()
          || axis > extents.size()
          || inserted.size() != axes.size()) {
        throw node.refused("inserts the axes %s".formatted(brief(axes)));
      }
      extents.add((int) axis, 1);
    }
    value.become(extents);
  }

  /// Another order of the axes, which the layers that follow take into their weights.
  static void transpose(Node node, OperatorContext reading) {
    Branch value = reading.value();
    int rank = value.extents().size() - 1;
    List<Long> order =
        node.integers(
            "perm", IntStream.rangeClosed(0, rank).mapToObj(axis -> (long) rank - axis).toList());
    List<Integer> axes = order.stream().map(axis -> Math.clamp(axis, -1, 99)).toList();
    boolean all =
        axes.stream().sorted().toList().equals(IntStream.rangeClosed(0, rank).boxed().toList());
    boolean first = all && axes.getFirst() == 0;
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
