package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.Shape;

/// What goes on with a part of a value: with neighbouring channels, as of queries, keys and values
/// that were projected together, or with the first token, as that of a class.
final class PartOperators {
  private PartOperators() {}

  /// One place of an axis of values: channels of queries, keys or values that were projected
  /// together.
  static void pick(Node node, OperatorContext reading) {
    Branch value = reading.value();
    value.open();
    int own = reading.own(node, node.integer("axis", 0));
    Integers index = reading.constants().integers(node, 1);
    int places = own < 0 ? 0 : value.seen().dimension(own);
    boolean inside =
        index.dimensions().isEmpty() && index.get(0) >= -places && index.get(0) < places;
    int place = inside ? (int) Math.floorMod(index.get(0), (long) places) : -1;
    if (inside && place == 0 && value.countsPositions(own)) {
      value.keepFirst();
      value.reshape(Shape.of(value.shape().dimension(0)));
    } else if (!inside || !part(value, own, place, places, false)) {
      throw node.refused(
          "picks places of axis %s of %s; only the first token and neighbouring outputs of a layer of weights are read"
              .formatted(own + value.arrangement().before(), value.seen()));
    }
  }

  /// A stretch of an axis: the first token, neighbouring channels, or all.
  static void slice(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Branch value = reading.value();
    for (Rearranged.Stretch stretch : Rearranged.stretches(node, reading.constants())) {
      int own = reading.own(node, stretch.axis());
      int places = own < 0 ? 1 : value.seen().dimension(own);
      int from = stretch.from(places);
      int length = stretch.to(places) - from;
      boolean all = stretch.step() == 1 && length == places;
      boolean fits = stretch.step() == 1 && length > 0 && own >= 0;
      if (!all && fits && from == 0 && length == 1 && value.countsPositions(own)) {
        value.keepFirst();
      } else if (!all
          && !(fits
              && from % length == 0
              && places % length == 0
              && part(value, own, from / length, places / length, true))) {
        throw node.refused(
            "takes %s to %s of axis %s of %s; only the first token and equal parts of the outputs of a layer of weights are read"
                .formatted(from, from + length, own + value.arrangement().before(), value.seen()));
      }
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
    int axis = reading.own(node, node.integer("axis", 0));
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
