package org.pdnn.onnx.reader;

import java.util.List;
import org.pdnn.network.Attention;
import org.pdnn.network.Shape;

/// Scaled dot-product attention, which exporters write as two products and a softmax ([Fusions]).
final class AttentionOperators {
  /// What a mask adds to the scores of positions that are not to be read, at most.
  private static final float MASKED = -1e4f;

  /// What rounding to 32 bits may have made of a scale of 1.
  private static final double ROUNDING = 1e-6;

  private AttentionOperators() {}

  /// Scaled dot-product attention, its scores scaled and masked by constants.
  static void read(Node node, OperatorContext reading) {
    if (reading.operands().size() != 3) {
      throw node.refused("reads %s values, not three".formatted(reading.operands().size()));
    }
    Branch queries = reading.operands().getFirst();
    Branch keys = reading.operands().get(1);
    Branch values = reading.operands().getLast();
    double scale = queries.layers().takeScale() * keys.layers().takeScale();
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
        case "Mul" -> scale *= VectorOperators.number(part, reading);
        case "Div" -> scale /= VectorOperators.number(part, reading);
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
    rescale(queries.layers(), scale / attention.scale(queries.shape().dimension(0)), node);
    boolean led = queries.arrangement().batchFirst();
    Shape heady = Shape.of(heads, channels, positions);
    queries.join(
        attention,
        reading.operands(),
        first == 0
            ? new Arrangement(output, Shape.of(channels, positions), List.of(1, 0), led, false)
            : new Arrangement(output, heady, List.of(0, 2, 1), led, false));
  }

  /// Scales queries where the graph has another factor than usual.
  private static void rescale(Chain queries, double factor, Node node) {
    if (!(factor > 0 && factor < Float.MAX_VALUE)) {
      throw node.refused("scales by %s; a scale must be above 0".formatted(factor));
    }
    if (Math.abs(factor - 1) > ROUNDING) {
      queries.addPending(new Affine((float) factor, 0));
    }
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
