package org.pdnn.onnx.reader;

import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Embedding;
import org.pdnn.network.Layer;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What treats the channels of each position as one vector: norms and embeddings.
final class VectorOperators {
  private VectorOperators() {}

  /// LayerNormalization and RMSNormalization.
  static void norm(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Shape seen = reading.value().seen();
    int axis = reading.own(node, node.integer("axis", -1));
    boolean all = ofAll(IntStream.range(axis, seen.rank()).boxed().toList(), reading);
    if (!all) {
      requireVectors(node, reading, List.of(node.integer("axis", -1)));
      requireLast(node, reading);
    }
    double epsilon = decimal(node.real("epsilon", (float) BatchNorm.EPSILON));
    int rank = all ? seen.rank() : 1;
    Tensor weight = weight(node, 1, rank, reading);
    if (node.operator().equals("RMSNormalization")) {
      add(reading, new RmsNorm(weight, epsilon), false, all);
      return;
    }
    Tensor bias = node.has(2) ? weight(node, 2, rank, reading) : Tensor.filled(weight.shape(), 0);
    add(reading, new LayerNorm(weight, bias, epsilon), false, all);
  }

  /// A number for each value that a norm runs over.
  private static Tensor weight(Node node, int input, int rank, OperatorContext reading) {
    Tensor weight = reading.constants().tensor(node, input, rank);
    return new Tensor(Shape.of(weight.size()), weight.toArray());
  }

  private static void add(OperatorContext reading, Layer norm, boolean fresh, boolean all) {
    if (all) {
      reading.value().addToAll(norm, fresh);
    } else {
      reading.value().addToVectors(norm, fresh);
    }
  }

  /// Whether these axes are all of an input, of which there are several.
  private static boolean ofAll(List<Integer> axes, OperatorContext reading) {
    Branch value = reading.value();
    int rank = value.seen().rank();
    return rank > 1
        && axes.equals(IntStream.range(0, rank).boxed().toList())
        && value.settleOrder();
  }

  /// The decimal number that was meant: PyTorch's 1e-5 is a 64-bit number, ONNX keeps 32 bits.
  static double decimal(float epsilon) {
    return Double.parseDouble(Float.toString(epsilon));
  }

  private static void requireVectors(Node node, OperatorContext reading, List<Long> axes) {
    Branch value = reading.value();
    if (axes.size() != 1
        || !value.vectors()
        || reading.own(node, axes.getFirst()) != value.arrangement().channels()) {
      throw node.refused(
          "runs over axes %s of values of shape %s; only those of the channels of tokens or pixels, or of all values, are read"
              .formatted(axes, value.seen()));
    }
  }

  /// Checks that the channels are the last axis: a norm's axes are all from one on.
  private static void requireLast(Node node, OperatorContext reading) {
    if (reading.value().arrangement().channels() != reading.value().seen().rank() - 1) {
      throw node.refused(
          "runs over more axes than the channels of %s; export it with those last"
              .formatted(reading.value().seen()));
    }
  }

  /// A norm that exporters wrote operator by operator. What multiplies and adds next is its own.
  static void fused(Node node, OperatorContext reading) {
    double epsilon = 0;
    boolean all = false;
    for (Node part : node.parts()) {
      switch (part.operator()) {
        case "ReduceMean" -> {
          if (part.integer("keepdims", 1) == 0) {
            throw part.refused("drops the axis that it takes the mean of; export it with keepdims");
          }
          List<Long> axes = reading.axes(part, 1);
          all =
              ofAll(axes.stream().map(axis -> reading.own(part, axis)).sorted().toList(), reading);
          if (!all) {
            requireVectors(part, reading, axes);
          }
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
    Shape shape = reading.layers().shape();
    Shape vector = Shape.of(reading.layers().made(all ? shape.size() : shape.dimension(0)));
    Tensor ones = Tensor.filled(vector, 1);
    Layer norm =
        node.operator().equals(Fusions.RMS_NORM)
            ? new RmsNorm(ones, decimal((float) epsilon))
            : new LayerNorm(ones, Tensor.filled(vector, 0), decimal((float) epsilon));
    add(reading, norm, true, all);
  }

  /// The constant of a node of two inputs.
  static double number(Node part, OperatorContext reading) {
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
      PartOperators.pick(node, reading);
      return;
    }
    Tensor weight = reading.constants().tensor(node, 0, 2);
    if (reading.value().seen().rank() != 1 || node.integer("axis", 0) != 0) {
      throw node.refused(
          "picks by values of shape %s; only rows of a matrix are read, by one token for each position"
              .formatted(reading.value().seen()));
    }
    int tokens = reading.value().tokens();
    Embedding layer = new Embedding(weight);
    Shape output = layer.output(reading.layers().shape());
    reading
        .value()
        .add(layer, Arrangement.of(output, Shape.of(layer.channels(), tokens), List.of(1, 0)));
  }
}
