package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.Add;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Join;
import org.pdnn.network.Multiply;
import org.pdnn.network.Shape;

/// Where branches meet: sums, products and concatenations of values that the network computes.
final class JoinOperators {
  private JoinOperators() {}

  /// Add and Sum; constants among the operands are added afterwards.
  static void sum(Node node, OperatorContext reading) {
    if (reading.operands().size() > 1) {
      join(node, reading, new Add());
    }
    for (int input = 0; input < node.inputs(); input++) {
      if (reading.constants().has(node.input(input))) {
        AffineOperators.combine(node, reading, input);
      }
    }
  }

  /// Mul of two values, or of one and a constant.
  static void product(Node node, OperatorContext reading) {
    if (reading.operands().size() > 1) {
      join(node, reading, new Multiply());
    } else {
      AffineOperators.arithmetic(node, reading);
    }
  }

  private static void join(Node node, OperatorContext reading, Join join) {
    Shape first = reading.value().seen();
    for (Branch other : reading.operands()) {
      if (!other.seen().equals(first)) {
        throw node.refused(
            "joins values of shapes %s and %s; only values of one shape are joined here, so export it without broadcasting"
                .formatted(first, other.seen()));
      }
    }
    join(reading, join);
  }

  /// Joins all that the node reads.
  ///
  /// @throws IllegalArgumentException if their shapes, or the orders of their axes, do not agree
  private static void join(OperatorContext reading, Join join) {
    List<Branch> operands = reading.operands();
    for (Branch operand : operands) {
      operand.layers().finish();
      operand.axes();
    }
    Arrangement first = reading.value().arrangement();
    boolean alike =
        operands.stream()
            .map(Branch::arrangement)
            .allMatch(each -> !each.flat() && each.equals(first.withChannels(each.shape())));
    if (!alike && !operands.stream().allMatch(Branch::settleOrder)) {
      throw new IllegalArgumentException(
          "the values that it joins have their axes in different orders; export the model with"
              + " (channels, height, width) throughout");
    }
    Shape output = join.output(operands.stream().map(Branch::shape).toList());
    reading
        .value()
        .join(join, operands, alike ? first.withChannels(output) : Arrangement.of(output));
  }

  /// Concat along the channels.
  static void concatenate(Node node, OperatorContext reading) {
    if (!node.hasAttribute("axis")) {
      throw node.refused("has no axis; export the model again");
    }
    if (node.inputs() > reading.operands().size()) {
      classTokens(node, reading);
      return;
    }
    Arrangement arrangement = reading.value().arrangement();
    int axis = reading.own(node, node.integer("axis", 0));
    if (axis < 0 || axis != (arrangement.flat() ? 0 : arrangement.channels())) {
      throw node.refused(
          "joins values of %s along axis %s; only channels are concatenated here"
              .formatted(reading.value().seen(), axis + 1));
    }
    for (Branch other : reading.operands()) {
      requireAlike(node, axis, reading.value().seen(), other.seen());
    }
    if (reading.operands().size() > 1) {
      join(reading, new Concatenate());
    }
  }

  /// Constant vectors before and after the tokens, as that of a class.
  private static void classTokens(Node node, OperatorContext reading) {
    Branch value = reading.value();
    int axis = reading.own(node, node.integer("axis", 0));
    if (reading.operands().size() > 1 || !value.countsPositions(axis)) {
      throw node.refused(
          "joins constants to the network's values; only constant tokens are, before or after those of one value");
    }
    int channels = value.shape().dimension(0);
    int length = value.shape().size() / channels;
    List<ConstantArray> rows = new ArrayList<>();
    int before = 0;
    int count = 0;
    for (int input = 0; input < node.inputs(); input++) {
      boolean constant = reading.constants().has(node.input(input));
      before = constant ? before : count;
      rows.add(
          constant
              ? tokens(node, input, reading)
              : new Reals(List.of(length, channels), new float[length * channels]));
      count = Math.addExact(count, rows.getLast().dimensions().getFirst());
    }
    Shape all = Shape.of(count, channels);
    reading.layers().made(all.size());
    Reals terms = Rearranged.joined(rows, all.dimensions(), 0).reals();
    value.addPositions(Constants.finite(node, 0, terms), before, count - before - length);
  }

  /// Constants for tokens: a row of channels for each.
  private static Reals tokens(Node node, int input, OperatorContext reading) {
    Reals given = reading.constants().reals(node, input);
    List<Integer> extents = given.dimensions();
    boolean batch = extents.size() == 3 && extents.getFirst() == 1;
    List<Integer> own = batch ? extents.subList(1, 3) : extents;
    boolean last = reading.value().arrangement().channels() == 1;
    int channels = reading.value().shape().dimension(0);
    if (own.size() != 2 || own.get(last ? 1 : 0) != channels) {
      throw node.refused(
          "joins constants of extents %s to tokens %s; export the model again"
              .formatted(extents, reading.value().seen()));
    }
    Reals tokens = given.reshaped(own);
    return last ? tokens : tokens.transposed();
  }

  private static void requireAlike(Node node, int axis, Shape first, Shape other) {
    boolean alike =
        first.rank() == other.rank()
            && IntStream.range(0, first.rank())
                .allMatch(i -> i == axis || first.dimension(i) == other.dimension(i));
    if (!alike) {
      throw node.refused(
          "joins values of shapes %s and %s, which differ not only along axis %s; export the model again"
              .formatted(first, other, axis + 1));
    }
  }
}
