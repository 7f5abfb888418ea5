package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Embedding;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// What treats the channels of each position as one vector: norms, embeddings, and parts of
/// projections.
final class VectorOperators {
  private VectorOperators() {}

  /// LayerNormalization and RMSNormalization.
  static void norm(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    requireVectors(node, reading, List.of(node.integer("axis", -1)));
    requireLast(node, reading);
    double epsilon = decimal(node.real("epsilon", (float) BatchNorm.EPSILON));
    Tensor weight = reading.constants().tensor(node, 1, 1);
    if (node.operator().equals("RMSNormalization")) {
      reading.value().addToVectors(new RmsNorm(weight, epsilon), false);
      return;
    }
    Tensor bias =
        node.has(2) ? reading.constants().tensor(node, 2, 1) : Tensor.filled(weight.shape(), 0);
    reading.value().addToVectors(new LayerNorm(weight, bias, epsilon), false);
  }

  /// The decimal number that was meant: PyTorch's 1e-5 is a 64-bit number, ONNX keeps 32 bits.
  static double decimal(float epsilon) {
    return Double.parseDouble(Float.toString(epsilon));
  }

  private static void requireVectors(Node node, OperatorContext reading, List<Long> axes) {
    Branch value = reading.value();
    if (axes.size() != 1
        || !value.vectors()
        || reading.axis(node, axes.getFirst()) - 1 != value.arrangement().channels()) {
      throw node.refused(
          "runs over axes %s of values of shape %s; only that of the channels of tokens or pixels is read"
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
        .value()
        .addToVectors(
            node.operator().equals(Fusions.RMS_NORM)
                ? new RmsNorm(ones, decimal((float) epsilon))
                : new LayerNorm(ones, Tensor.filled(vector, 0), decimal((float) epsilon)),
            true);
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
      reading.value().open();
      pick(node, reading);
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

  /// One place of an axis of values: channels of queries, keys or values that were projected
  /// together.
  private static void pick(Node node, OperatorContext reading) {
    Branch value = reading.value();
    int rank = value.seen().rank() + 1;
    int axis = Rearranged.axis(node, node.integer("axis", 0), rank);
    int batch = value.arrangement().batch();
    Integers place = reading.constants().integers(node, 1);
    int own = axis > batch ? axis - 1 : axis;
    int places = axis == batch ? 0 : value.seen().dimension(own);
    boolean inside =
        place.dimensions().isEmpty() && place.get(0) >= -places && place.get(0) < places;
    if (!inside
        || !part(value, own, (int) Math.floorMod(place.get(0), (long) places), places, false)) {
      throw node.refused(
          "picks places of axis %s of %s; only neighbouring outputs of a layer of weights are read"
              .formatted(axis, value.seen()));
    }
  }

  /// Some of the channels alone: neighbouring ones that a layer of weights puts out.
  ///
  /// @param axis of the graph, without the batch, that counts them, or the parts
  /// @param place which of `places` parts
  /// @param stays whether the axis stays, shorter
  /// @return whether the channels are such
  private static boolean part(Branch value, int axis, int place, int places, boolean stays) {
    value.unshape();
    Arrangement before = value.arrangement();
    boolean channels =
        stays ? axis == before.channels() : !before.flat() && before.order().get(axis) == 0;
    if (!channels || !value.layers().keepPart(place, places)) {
      return false;
    }
    Shape left = value.shape();
    value.arrange(stays ? before.withChannels(left) : before.without(axis, left));
    return true;
  }

  /// Equal parts of channels, as where queries, keys and values were projected together.
  static List<Branch> split(Node node, OperatorContext reading) {
    Branch value = reading.value();
    value.open();
    int parts = node.outputNames().size();
    int axis = reading.axis(node, node.integer("axis", 0)) - 1;
    List<Long> sizes =
        node.has(1)
            ? reading.constants().integers(node, 1).toList()
            : node.integers("split", List.of());
    List<Branch> all = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      Branch part = new Branch(value);
      if (axis < 0 || sizes.stream().distinct().count() > 1 || !part(part, axis, i, parts, true)) {
        throw node.refused(
            "splits axis %s of %s into %s; only equal parts of the outputs of a layer of weights are read"
                .formatted(axis + 1, value.seen(), sizes.isEmpty() ? parts : sizes));
      }
      all.add(part);
    }
    return all;
  }
}
