package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// How a graph has the values that our network has: with their axes in another order, as images of
/// (height, width, channels), and perhaps as one vector in that order.
///
/// @param ours their shape here, before any vector is made of them
/// @param order which axis of ours each axis of the graph is
/// @param flat whether the graph has made a vector of them
record Arrangement(Shape ours, List<Integer> order, boolean flat) {
  Arrangement {
    order = List.copyOf(order);
  }

  /// As here.
  static Arrangement of(Shape ours) {
    return new Arrangement(ours, IntStream.range(0, ours.rank()).boxed().toList(), false);
  }

  /// The shape of the values here.
  Shape shape() {
    return flat ? Shape.of(ours.size()) : ours;
  }

  /// Whether the graph has the values as here.
  boolean plain() {
    return equals(of(ours));
  }

  /// The shape that the graph has.
  Shape seen() {
    Shape image = new Shape(order.stream().map(ours::dimension).toList());
    return flat ? Shape.of(image.size()) : image;
  }

  /// Whether the values lie one after the other as here, whatever axes of extent 1 do.
  boolean same() {
    List<Integer> longer = order.stream().filter(axis -> ours.dimension(axis) > 1).toList();
    return longer.equals(longer.stream().sorted().toList());
  }

  /// Axis i of the graph becomes what was its axis `perm[i]`.
  Arrangement transposed(List<Integer> perm) {
    return new Arrangement(ours, perm.stream().map(order::get).toList(), false);
  }

  Arrangement flattened() {
    return new Arrangement(ours, order, true);
  }

  /// A constant that the graph combines with the values, by NumPy's rules, with the axes that they
  /// have here; those along which it does not change have the extent 1.
  ///
  /// @throws IllegalArgumentException if it has an axis for the batch, or more
  Reals ours(Reals constant) {
    int rank = flat ? 1 : order.size();
    List<Integer> extents = new ArrayList<>(constant.dimensions());
    while (extents.size() < rank) {
      extents.addFirst(1);
    }
    if (extents.size() == rank + 1 && extents.getFirst() == 1) {
      extents.removeFirst();
    }
    if (extents.size() > rank) {
      throw new IllegalArgumentException(
          "constants of extents %s are not the same for all inputs, each %s"
              .formatted(constant.dimensions(), seen()));
    }
    Reals padded = constant.reshaped(extents);
    if (!flat) {
      return turned(padded);
    }
    return extents.getFirst() == 1 ? padded : turned(padded.reshaped(seenAxes())).reshaped(extents);
  }

  private List<Integer> seenAxes() {
    return order.stream().map(ours::dimension).toList();
  }

  private Reals turned(Reals constant) {
    List<Integer> inverse = IntStream.range(0, order.size()).mapToObj(order::indexOf).toList();
    ArrayView view = ArrayView.of(constant.dimensions()).permuted(inverse);
    return constant.picked(view.extents(), view);
  }

  /// The weight of a dense layer that reads the vector as the graph has it, for the vector as it
  /// lies here.
  Tensor columns(Tensor weight) {
    List<Integer> extents = new ArrayList<>(seenAxes());
    extents.addFirst(weight.shape().dimension(0));
    List<Integer> inverse = new ArrayList<>(List.of(0));
    IntStream.range(0, order.size()).map(order::indexOf).forEach(axis -> inverse.add(axis + 1));
    ArrayView view = ArrayView.of(extents).permuted(inverse);
    return new Reals(extents, weight.toArray())
        .picked(view.extents(), view)
        .reshaped(weight.shape().dimensions())
        .tensor();
  }
}
