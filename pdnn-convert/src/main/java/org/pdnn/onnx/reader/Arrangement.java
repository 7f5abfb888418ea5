package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;

/// How a graph has the values that a layer of ours has: with their axes in another order, as images
/// of (height, width, channels) and tokens of (length, channels), with axes split or joined, as the
/// channels of heads are, and perhaps as one vector in that order.
///
/// @param shape of the values here
/// @param ours the axes that the graph has, in the order of the values here: their shape before any
///   vector is made of them, some axes split or joined
/// @param order which axis of ours each axis of the graph is
/// @param batchFirst whether the batch is the graph's first axis, which `order` does not count.
///   Else it is anywhere: of one input its extent is 1, and such an axis may lie between others, or
///   be joined with one; `order` counts all axes, and those of extent 1 are all alike
/// @param flat whether the graph has made a vector of them
record Arrangement(Shape shape, Shape ours, List<Integer> order, boolean batchFirst, boolean flat) {
  Arrangement {
    order = List.copyOf(order);
  }

  /// As here.
  static Arrangement of(Shape shape) {
    return of(shape, shape, IntStream.range(0, shape.rank()).boxed().toList());
  }

  /// With axes in another order, the batch first.
  static Arrangement of(Shape shape, Shape ours, List<Integer> order) {
    return new Arrangement(shape, ours, order, true, false);
  }

  /// Whether the graph has the values as here.
  boolean plain() {
    return equals(of(shape));
  }

  /// The shape that the graph has.
  Shape seen() {
    Shape image = new Shape(seenAxes());
    return flat ? Shape.of(image.size()) : image;
  }

  /// Whether the values lie one after the other as here, whatever axes of extent 1 do.
  boolean same() {
    return batchFirst && longer().equals(longer().stream().sorted().toList());
  }

  /// The axes of ours that are longer than 1, as the graph has them.
  private List<Integer> longer() {
    return order.stream().filter(axis -> ours.dimension(axis) > 1).toList();
  }

  /// Whether these are the axes of another, whatever axes of extent 1 do.
  boolean sees(Shape others, List<Integer> otherOrder) {
    Arrangement other = of(shape, others, otherOrder);
    return !flat && seen().equals(other.seen()) && steps().equals(other.steps());
  }

  /// From one value to the next along each axis of the graph that is longer than 1.
  private List<Integer> steps() {
    return longer().stream().map(ArrayView.of(ours.dimensions()).steps()::get).toList();
  }

  /// Axes of the graph before those of `order`.
  int before() {
    return batchFirst ? 1 : 0;
  }

  /// Axis i becomes what was axis `perm[i]`.
  ///
  /// @param perm of all axes, the batch among them
  Arrangement transposed(List<Integer> perm) {
    Arrangement all = ofOne();
    return new Arrangement(
            shape, all.ours, perm.stream().map(all.order::get).toList(), false, false)
        .led();
  }

  /// The same with the batch as any other axis, of extent 1.
  private Arrangement ofOne() {
    if (!batchFirst) {
      return this;
    }
    List<Integer> extents = new ArrayList<>(ours.dimensions());
    extents.add(1);
    List<Integer> all = new ArrayList<>(order);
    all.addFirst(ours.rank());
    return new Arrangement(shape, new Shape(extents), all, false, false);
  }

  /// The same with the first axis as the batch, if one input has the extent 1 there.
  private Arrangement led() {
    return order.size() > 1 && ours.dimension(order.getFirst()) == 1
        ? without(0, shape, true)
        : this;
  }

  Arrangement flattened() {
    return new Arrangement(Shape.of(shape.size()), ours, order, batchFirst, true);
  }

  /// The same for values of another shape here, in the same order.
  Arrangement over(Shape other) {
    return new Arrangement(other, ours, order, batchFirst, flat);
  }

  /// The axis of the graph that is the channels, all of them; -1 if none is.
  int channels() {
    return !flat && ours.dimension(0) == shape.dimension(0) ? order.indexOf(0) : -1;
  }

  /// Whether an axis of the graph is the channels of each position: of an image, of a sequence, or
  /// of a vector, which is one.
  boolean vectors() {
    return (shape.rank() == 1 || shape.rank() == 3) && channels() >= 0;
  }

  /// The same with another number of channels.
  Arrangement withChannels(Shape output) {
    return new Arrangement(output, resized(0, output.dimension(0)), order, batchFirst, flat);
  }

  /// The same without an axis of the graph, of which one place is left.
  ///
  /// @param axis among those of `order`
  Arrangement without(int axis, Shape output) {
    Arrangement left = without(axis, output, batchFirst);
    return batchFirst ? left : left.led();
  }

  private Arrangement without(int axis, Shape output, boolean first) {
    int own = order.get(axis);
    List<Integer> left = new ArrayList<>(order);
    left.remove(axis);
    return new Arrangement(
        output,
        new Shape(others(own)),
        left.stream().map(at -> at > own ? at - 1 : at).toList(),
        first,
        false);
  }

  private List<Integer> others(int axis) {
    List<Integer> extents = new ArrayList<>(ours.dimensions());
    extents.remove(axis);
    return extents.isEmpty() ? List.of(1) : extents;
  }

  /// Where one channel each is left of all positions.
  Arrangement averaged(Shape output) {
    List<Integer> extents = new ArrayList<>(Collections.nCopies(ours.rank(), 1));
    extents.set(0, output.dimension(0));
    return of(output, new Shape(extents), order);
  }

  private Shape resized(int axis, int extent) {
    List<Integer> extents = new ArrayList<>(ours.dimensions());
    extents.set(axis, extent);
    return new Shape(extents);
  }

  /// The same values where the graph splits and joins all axes of one input, the batch too.
  ///
  /// @return empty if an axis of the graph then is none of ours
  Optional<Arrangement> regroupedOfOne(List<Integer> target) {
    return ofOne().regrouped(new Shape(target)).map(Arrangement::led);
  }

  /// The same values where the graph splits and joins its axes, row-major.
  ///
  /// @return empty if an axis of the graph then is none of ours
  Optional<Arrangement> regrouped(Shape target) {
    List<Integer> axes = longer();
    List<Integer> factors = new ArrayList<>();
    List<Integer> from = new ArrayList<>();
    List<Integer> to = new ArrayList<>();
    int own = 0;
    int left = axes.isEmpty() ? 1 : ours.dimension(axes.getFirst());
    for (int axis = 0; axis < target.rank(); axis++) {
      int wanted = target.dimension(axis);
      while (wanted > 1) {
        int factor = Math.min(left, wanted);
        if (left % factor != 0 || wanted % factor != 0) {
          return Optional.empty();
        }
        factors.add(factor);
        from.add(axes.get(own));
        to.add(axis);
        wanted /= factor;
        left /= factor;
        if (left == 1 && own + 1 < axes.size()) {
          own++;
          left = ours.dimension(axes.get(own));
        }
      }
    }
    return joined(target, factors, from, to);
  }

  /// @param factors what the axes of the graph are split into, outermost first
  /// @param from the axis of ours of each
  /// @param to the axis of the target of each
  private Optional<Arrangement> joined(
      Shape target, List<Integer> factors, List<Integer> from, List<Integer> to) {
    List<Integer> here =
        IntStream.range(0, factors.size()).boxed().sorted(Comparator.comparing(from::get)).toList();
    List<Integer> extents = new ArrayList<>();
    List<Integer> turned = new ArrayList<>(Collections.nCopies(target.rank(), -1));
    for (int i = 0; i < here.size(); i++) {
      int axis = to.get(here.get(i));
      boolean continues =
          i > 0 && here.get(i) == here.get(i - 1) + 1 && to.get(here.get(i - 1)) == axis;
      if (!continues && turned.get(axis) >= 0) {
        return Optional.empty();
      }
      if (!continues) {
        turned.set(axis, extents.size());
        extents.add(target.dimension(axis));
      }
    }
    for (int axis = 0; axis < target.rank(); axis++) {
      if (turned.get(axis) < 0) {
        turned.set(axis, extents.size());
        extents.add(1);
      }
    }
    return Optional.of(new Arrangement(shape, new Shape(extents), turned, batchFirst, false));
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
    if (batchFirst && extents.size() == rank + 1 && extents.getFirst() == 1) {
      extents.removeFirst();
    }
    if (extents.size() > rank) {
      throw new IllegalArgumentException(
          "constants of extents %s are not the same for all inputs, each %s"
              .formatted(constant.dimensions(), seen()));
    }
    Reals padded = constant.reshaped(extents);
    if (!flat) {
      return regrouped(turned(padded));
    }
    return extents.getFirst() == 1 ? padded : turned(padded.reshaped(seenAxes())).reshaped(extents);
  }

  /// A constant of the axes of ours with those of the shape.
  private Reals regrouped(Reals constant) {
    List<Integer> extents = constant.dimensions();
    if (ours.equals(shape)) {
      return constant;
    }
    List<Integer> channels = new ArrayList<>(Collections.nCopies(shape.rank(), 1));
    if (constant.size() == 1) {
      return constant.reshaped(channels);
    }
    int split = channelAxes();
    if (split > 0 && extents.stream().skip(split).allMatch(extent -> extent == 1)) {
      List<Integer> whole = new ArrayList<>(ours.dimensions().subList(0, split));
      whole.addAll(extents.subList(split, extents.size()));
      channels.set(0, shape.dimension(0));
      return constant.repeated(whole).reshaped(channels);
    }
    return constant.repeated(ours.dimensions()).reshaped(shape.dimensions());
  }

  /// How many of our first axes are the shape's channels together, heads and their own; 0 if none.
  private int channelAxes() {
    int product = 1;
    for (int axis = 0; axis < ours.rank() && product <= shape.dimension(0); axis++) {
      product *= ours.dimension(axis);
      if (product == shape.dimension(0)) {
        return axis + 1;
      }
    }
    return 0;
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
