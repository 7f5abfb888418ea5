package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.Attention;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Embedding;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What treats the channels of each position as one vector: norms, embeddings and attention.
final class VectorOperators {
  /// What a mask adds to the scores of positions that are not to be read, at most.
  private static final float MASKED = -1e4f;

  private VectorOperators() {}

  /// LayerNormalization and RMSNormalization.
  static void norm(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    requireVectors(node, reading, List.of(node.integer("axis", -1)));
    double epsilon = decimal(node.real("epsilon", (float) BatchNorm.EPSILON));
    Tensor weight = reading.constants().tensor(node, 1, 1);
    if (node.operator().equals("RMSNormalization")) {
      reading.layers().addToVectors(new RmsNorm(weight, epsilon), false);
      return;
    }
    Tensor bias =
        node.has(2) ? reading.constants().tensor(node, 2, 1) : Tensor.filled(weight.shape(), 0);
    reading.layers().addToVectors(new LayerNorm(weight, bias, epsilon), false);
  }

  /// The decimal number that was meant: PyTorch's 1e-5 is a 64-bit number, ONNX keeps 32 bits.
  static double decimal(float epsilon) {
    return Double.parseDouble(Float.toString(epsilon));
  }

  private static void requireVectors(Node node, OperatorContext reading, List<Long> axes) {
    Branch layers = reading.layers();
    boolean last = axes.size() == 1 && reading.axis(node, axes.getFirst()) == layers.seen().rank();
    if (!last || !layers.vectors()) {
      throw node.refused(
          "runs over axes %s of values of shape %s; only the last axis is read, and where it has the channels of tokens"
              .formatted(axes, layers.seen()));
    }
  }

  /// A norm that exporters wrote operator by operator. What multiplies and adds next is its own.
  static void fused(Node node, OperatorContext reading) {
    double epsilon = 0;
    for (Node part : node.parts()) {
      switch (part.operator()) {
        case "ReduceMean" -> {
          if (part.integer("keepdims", 1) == 0) {
            throw part.refused("drops the axis that it takes the mean of; export it with keepdims");
          }
          requireVectors(part, reading, reading.axes(part, 1));
        }
        case "Pow" -> requireNumber(part, 1, 2, reading);
        case "Div" -> {
          if (reading.constants().has(part.input(0))) {
            requireNumber(part, 0, 1, reading);
          }
        }
        case "Add" -> epsilon = number(part, reading);
        default -> {}
      }
    }
    int channels = reading.layers().shape().dimension(0);
    reading.layers().made(channels);
    Shape vector = Shape.of(channels);
    Tensor ones = Tensor.filled(vector, 1);
    reading
        .layers()
        .addToVectors(
            node.operator().equals(Fusions.RMS_NORM)
                ? new RmsNorm(ones, decimal((float) epsilon))
                : new LayerNorm(ones, Tensor.filled(vector, 0), decimal((float) epsilon)),
            true);
  }

  /// The constant of a node of two inputs.
  private static double number(Node part, OperatorContext reading) {
    return reading.constants().number(part, reading.constants().has(part.input(0)) ? 0 : 1);
  }

  private static void requireNumber(Node part, int input, double wanted, OperatorContext reading) {
    double number = reading.constants().number(part, input);
    if (number != wanted) {
      throw part.refused("has %s where a norm has %s".formatted(number, wanted));
    }
  }

  /// Rows of a matrix by tokens.
  static void gather(Node node, OperatorContext reading) {
    if (!reading.constants().has(node.input(0))) {
      pick(node, reading);
      return;
    }
    Tensor weight = reading.constants().tensor(node, 0, 2);
    if (reading.layers().seen().rank() != 1 || node.integer("axis", 0) != 0) {
      throw node.refused(
          "picks by values of shape %s; only rows of a matrix are read, by one token for each position"
              .formatted(reading.layers().seen()));
    }
    reading.layers().embed(new Embedding(weight));
  }

  /// One place of an axis of values: channels of queries, keys or values that were projected
  /// together.
  private static void pick(Node node, OperatorContext reading) {
    Branch layers = reading.layers();
    int rank = layers.seen().rank() + 1;
    int axis = Rearranged.axis(node, node.integer("axis", 0), rank);
    int batch = layers.arrangement().batch();
    Integers place = reading.constants().integers(node, 1);
    int own = axis > batch ? axis - 1 : axis;
    int places = axis == batch ? 0 : layers.seen().dimension(own);
    boolean inside =
        place.dimensions().isEmpty() && place.get(0) >= -places && place.get(0) < places;
    if (!inside || !layers.pick(own, (int) Math.floorMod(place.get(0), (long) places), places)) {
      throw node.refused(
          "picks places of axis %s of %s; only neighbouring outputs of a layer of weights are read"
              .formatted(axis, layers.seen()));
    }
  }

  /// Equal parts of channels, as where queries, keys and values were projected together.
  static List<Branch> split(Node node, OperatorContext reading) {
    Branch layers = reading.layers();
    int parts = node.outputNames().size();
    int axis = reading.axis(node, node.integer("axis", 0)) - 1;
    List<Long> sizes =
        node.has(1)
            ? reading.constants().integers(node, 1).toList()
            : node.integers("split", List.of());
    List<Branch> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      Branch part = new Branch(layers);
      if (axis < 0 || sizes.stream().distinct().count() > 1 || !part.split(axis, i, parts)) {
        throw node.refused(
            "splits axis %s of %s into %s; only equal parts of the outputs of a layer of weights are read"
                .formatted(axis + 1, layers.seen(), sizes.isEmpty() ? parts : sizes));
      }
      all.add(part);
    }
    return all;
  }

  /// Scaled dot-product attention, its scores scaled and masked by constants.
  static void attention(Node node, OperatorContext reading) {
    if (reading.operands().size() != 3) {
      throw node.refused("reads %s values, not three".formatted(reading.operands().size()));
    }
    Branch queries = reading.operands().getFirst();
    Branch keys = reading.operands().get(1);
    Branch values = reading.operands().getLast();
    double scale = queries.takeScale() * keys.takeScale();
    boolean causal = false;
    reading.operands().forEach(Branch::unshape);
    Shape seen = queries.seen();
    int first = seen.rank() - 2;
    if (first < 0 || first > 1 || keys.seen().rank() != seen.rank()) {
      throw misfit(node, reading);
    }
    int heads = first == 0 ? 1 : seen.dimension(0);
    int positions = seen.dimension(first);
    int read = keys.seen().dimension(first + 1);
    for (Node part : node.parts()) {
      switch (part.operator()) {
        case "Mul" -> scale *= number(part, reading);
        case "Div" -> scale /= number(part, reading);
        case "Add", "Where" -> causal |= mask(part, reading, positions, read);
        default -> {}
      }
    }
    int size = seen.dimension(first + 1);
    int channels = values.seen().dimension(values.seen().rank() - 1);
    if (!heads(queries, first, Shape.of(heads, size, positions), List.of(0, 2, 1))
        || !heads(keys, first, Shape.of(heads, size, read), List.of(0, 1, 2))
        || !heads(values, first, Shape.of(heads, channels, read), List.of(0, 2, 1))) {
      throw misfit(node, reading);
    }
    Attention attention = new Attention(heads, causal);
    Shape output = attention.output(List.of(queries.shape(), keys.shape(), values.shape()));
    queries.scale(scale / attention.scale(queries.shape().dimension(0)), node);
    Shape heady = Shape.of(heads, channels, positions);
    queries.attend(
        attention,
        reading.operands(),
        first == 0
            ? Arrangement.of(output, Shape.of(channels, positions), List.of(1, 0))
            : Arrangement.of(output, heady, List.of(0, 2, 1)));
  }

  /// Whether the graph has heads of a value's channels.
  ///
  /// @param first axes before the last two: 0 where there is one head
  /// @param ours heads, channels of each and positions
  private static boolean heads(Branch value, int first, Shape ours, List<Integer> order) {
    boolean all =
        value.shape().rank() == 3
            && value.shape().dimension(0) == (long) ours.dimension(0) * ours.dimension(1);
    return all
        && (first == 1
            ? value.arrangement().sees(ours, order)
            : value
                .arrangement()
                .sees(
                    Shape.of(ours.dimension(1), ours.dimension(2)),
                    order.stream().skip(1).map(axis -> axis - 1).toList()));
  }

  /// Whether a mask keeps each position from those after it; one that keeps it from none is none.
  private static boolean mask(Node part, OperatorContext reading, int positions, int read) {
    boolean chooses = part.operator().equals("Where");
    int constant = chooses || reading.constants().has(part.input(0)) ? 0 : 1;
    ConstantArray mask = reading.constants().input(part, constant);
    List<Integer> extents = mask.dimensions();
    int rank = extents.size();
    boolean fits =
        rank >= 2
            && mask.size() == (long) positions * read
            && extents.get(rank - 2) == positions
            && extents.get(rank - 1) == read;
    int other = chooses && reading.constants().has(part.input(1)) ? 1 : 2;
    if (!fits || (chooses && !(limit(part, reading, other) <= MASKED))) {
      throw part.refused(
          "masks scores by constants of extents %s; a mask is for each pair of %s and %s positions, 0 or at most %s"
              .formatted(extents, positions, read, MASKED));
    }
    Reals values = mask.reals();
    boolean causal = true;
    boolean none = true;
    for (int i = 0; i < mask.size(); i++) {
      float value = values.get(i);
      boolean keeps = chooses ? (value != 0) == (other == 2) : value == 0;
      if (!chooses && !keeps && !(value <= MASKED)) {
        throw part.refused(
            "adds %s to a score; a mask is 0 or at most %s".formatted(value, MASKED));
      }
      none &= keeps;
      causal &= keeps == (i % read <= i / read);
    }
    if (!none && !(causal && positions == read)) {
      throw part.refused(
          "masks other pairs than those of a position and a later one; export the model without its"
              + " mask");
    }
    return !none;
  }

  /// What is put in place of a score, perhaps minus infinity.
  private static float limit(Node part, OperatorContext reading, int input) {
    Reals values = reading.constants().reals(part, input);
    return values.size() == 1 ? values.get(0) : 0;
  }

  private static NodeFault misfit(Node node, OperatorContext reading) {
    return node.refused(
        "attends to values of shapes %s; those of (heads, tokens, channels) are read, split from the channels of tokens"
            .formatted(reading.operands().stream().map(Branch::seen).toList()));
  }
}
