package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Constants whose values another constant has already: in another order, some of them, or all of
/// several.
final class Rearranged {
  private Rearranged() {}

  static ConstantArray transpose(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    int rank = value.dimensions().size();
    List<Long> order =
        node.integers("perm", IntStream.range(0, rank).mapToObj(i -> rank - 1L - i).toList());
    if (!order.stream()
        .sorted()
        .toList()
        .equals(IntStream.range(0, rank).mapToObj(Long::valueOf).toList())) {
      throw node.refused(
          "turns constants of extents %s by %s".formatted(value.dimensions(), order));
    }
    return taken(
        constants,
        value,
        ArrayView.of(value.dimensions()).permuted(order.stream().map(Long::intValue).toList()));
  }

  private static ConstantArray taken(Constants constants, ConstantArray value, ArrayView view) {
    constants.charge(view.extents());
    return value.picked(view.extents(), view);
  }

  /// Repeats axes of extent 1, and adds axes in front.
  static ConstantArray expand(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    List<Long> target = constants.integers(node, 1).toList();
    int rank = Math.max(target.size(), value.dimensions().size());
    List<Integer> extents = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int own = axis - rank + value.dimensions().size();
      int wanted = axis - rank + target.size();
      long extent = wanted < 0 ? 1 : target.get(wanted);
      extents.add(extent == 1 && own >= 0 ? value.dimensions().get(own) : extent(node, extent));
    }
    requireAxes(node, extents);
    constants.charge(extents);
    return value.repeated(extents);
  }

  private static int extent(Node node, long extent) {
    if (extent < 0 || extent > Integer.MAX_VALUE) {
      throw node.refused("makes an axis of extent %s".formatted(extent));
    }
    return (int) extent;
  }

  private static void requireAxes(Node node, List<Integer> extents) {
    if (extents.size() > ConstantArray.MOST_AXES) {
      throw node.refused(
          "makes %s axes; at most %s are read".formatted(extents.size(), ConstantArray.MOST_AXES));
    }
  }

  /// Places of one axis by their indices; a single index removes the axis.
  static ConstantArray gather(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    Integers indices = constants.integers(node, 1);
    List<Integer> own = value.dimensions();
    int axis = axis(node, node.integer("axis", 0), own.size());
    List<Integer> extents = new ArrayList<>(own.subList(0, axis));
    extents.addAll(indices.dimensions());
    extents.addAll(own.subList(axis + 1, own.size()));
    requireAxes(node, extents);
    constants.charge(extents);
    int length = own.get(axis);
    int[] places = new int[indices.size()];
    for (int i = 0; i < places.length; i++) {
      long index = indices.get(i);
      if (index < -length || index >= length) {
        throw node.refused("takes element %s of %s".formatted(index, length));
      }
      places[i] = (int) (index < 0 ? index + length : index);
    }
    int outer = (int) ConstantArray.size(own.subList(0, axis));
    int inner = (int) ConstantArray.size(own.subList(axis + 1, own.size()));
    return value.picked(
        extents,
        pick -> {
          int to = 0;
          for (int block = 0; block < outer; block++) {
            for (int place : places) {
              for (int i = 0; i < inner; i++) {
                pick.take(to++, (block * length + place) * inner + i);
              }
            }
          }
        });
  }

  /// What a Slice takes of one axis.
  ///
  /// @param axis as the node counts it
  /// @param step at least 1
  record Stretch(long axis, long start, long end, long step) {
    int from(int length) {
      return clamped(start, length);
    }

    int to(int length) {
      return Math.max(from(length), clamped(end, length));
    }
  }

  /// Stretches along one axis or several, by steps forwards.
  static List<Stretch> stretches(Node node, Constants constants) {
    boolean inputs = node.has(1);
    List<Long> starts = list(node, constants, inputs, 1, "starts");
    List<Long> ends = list(node, constants, inputs, 2, "ends");
    List<Long> axes = list(node, constants, inputs, 3, "axes");
    List<Long> steps = list(node, constants, inputs, 4, "steps");
    if (starts.size() != ends.size()
        || (!axes.isEmpty() && axes.size() != starts.size())
        || (!steps.isEmpty() && steps.size() != starts.size())
        || starts.size() > ConstantArray.MOST_AXES) {
      throw node.refused("slices by %s starts and %s ends".formatted(starts.size(), ends.size()));
    }
    List<Stretch> stretches = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      long step = steps.isEmpty() ? 1 : steps.get(i);
      if (step < 1 || step > Integer.MAX_VALUE) {
        throw node.refused("slices by the step %s; only steps forwards are read".formatted(step));
      }
      stretches.add(
          new Stretch(axes.isEmpty() ? i : axes.get(i), starts.get(i), ends.get(i), step));
    }
    return stretches;
  }

  static ConstantArray slice(Node node, Constants constants) {
    ConstantArray value = constants.input(node, 0);
    ArrayView view = ArrayView.of(value.dimensions());
    for (Stretch stretch : stretches(node, constants)) {
      int axis = axis(node, stretch.axis(), view.extents().size());
      int length = view.extents().get(axis);
      int from = stretch.from(length);
      long step = stretch.step();
      view =
          view.sliced(
              axis,
              from,
              (int) Math.min(step, length),
              (int) ((stretch.to(length) - from + step - 1) / step));
    }
    return taken(constants, value, view);
  }

  private static int clamped(long index, int size) {
    return Math.clamp(index < 0 ? index + size : index, 0, size);
  }

  private static List<Long> list(
      Node node, Constants constants, boolean inputs, int position, String attribute) {
    if (!inputs) {
      return node.integers(attribute, List.of());
    }
    return node.has(position) ? constants.integers(node, position).toList() : List.of();
  }

  /// Arrays one after the other along an axis.
  static ConstantArray concat(Node node, Constants constants) {
    List<ConstantArray> parts = new ArrayList<>();
    for (int i = 0; i < node.inputs(); i++) {
      parts.add(constants.input(node, i));
    }
    if (parts.isEmpty()) {
      throw node.refused("joins nothing");
    }
    List<Integer> first = parts.getFirst().dimensions();
    int axis = axis(node, node.integer("axis", 0), first.size());
    long length = 0;
    for (ConstantArray part : parts) {
      List<Integer> like = new ArrayList<>(part.dimensions());
      if (like.size() == first.size()) {
        length += like.set(axis, first.get(axis));
      }
      if (!like.equals(first) || part.getClass() != parts.getFirst().getClass()) {
        throw node.refused(
            "joins %s of extents %s and %s of %s"
                .formatted(parts.getFirst().kind(), first, part.kind(), part.dimensions()));
      }
    }
    List<Integer> extents = new ArrayList<>(first);
    extents.set(axis, extent(node, length));
    constants.charge(extents);
    return joined(parts, extents, axis);
  }

  /// @param extents of the whole
  static ConstantArray joined(List<ConstantArray> parts, List<Integer> extents, int axis) {
    int size = (int) ConstantArray.size(extents);
    int outer = (int) ConstantArray.size(extents.subList(0, axis));
    boolean real = parts.getFirst() instanceof Reals;
    float[] reals = new float[real ? size : 0];
    long[] integers = new long[real ? 0 : size];
    int to = 0;
    for (int block = 0; block < outer; block++) {
      for (ConstantArray part : parts) {
        int run = part.size() / outer;
        for (int from = block * run; from < (block + 1) * run; from++) {
          switch (part) {
            case Reals values -> reals[to++] = values.get(from);
            case Integers values -> integers[to++] = values.get(from);
          }
        }
      }
    }
    return real ? new Reals(extents, reals) : new Integers(extents, integers);
  }

  /// An array of one value throughout, 0 unless the node says which.
  static ConstantArray filled(Node node, Constants constants) {
    List<Integer> extents =
        constants.integers(node, 0).toList().stream().map(extent -> extent(node, extent)).toList();
    requireAxes(node, extents);
    constants.charge(extents);
    ConstantArray value =
        node.tensor("value").map(constants::read).orElse(new Reals(List.of(), new float[1]));
    if (value.size() != 1) {
      throw node.refused("fills an array with %s values".formatted(value.size()));
    }
    ConstantArray one = value.reshaped(List.of());
    return one.repeated(extents);
  }

  static int axis(Node node, long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw node.refused("names axis %s of %s".formatted(axis, rank));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }
}
