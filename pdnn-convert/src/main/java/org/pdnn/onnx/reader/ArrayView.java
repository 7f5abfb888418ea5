package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pdnn.onnx.reader.ConstantArray.Pick;
import org.pdnn.onnx.reader.ConstantArray.Picks;

/// The values of a row-major array in another order of axes, repeated, or only some of them: along
/// each axis a view goes on by a step of its own.
///
/// @param extents of the view
/// @param start the index of its first value in the array
/// @param steps between neighbours along each axis, in values of the array
record ArrayView(List<Integer> extents, int start, List<Integer> steps) implements Picks {
  ArrayView {
    extents = List.copyOf(extents);
    steps = List.copyOf(steps);
  }

  /// A whole array.
  static ArrayView of(List<Integer> extents) {
    List<Integer> steps = new ArrayList<>(Collections.nCopies(extents.size(), 1));
    for (int axis = extents.size() - 2; axis >= 0; axis--) {
      steps.set(axis, steps.get(axis + 1) * extents.get(axis + 1));
    }
    return new ArrayView(extents, 0, steps);
  }

  /// Axis i becomes what is axis `order[i]`.
  ArrayView permuted(List<Integer> order) {
    return new ArrayView(
        order.stream().map(extents::get).toList(), start, order.stream().map(steps::get).toList());
  }

  /// The view repeated along new axes in front and axes of extent 1, by NumPy's rules.
  ///
  /// @throws IllegalArgumentException if these do not lead to the extents that are wanted
  ArrayView broadcast(List<Integer> wanted) {
    int added = wanted.size() - extents.size();
    List<Integer> repeated = new ArrayList<>();
    for (int axis = 0; axis < wanted.size(); axis++) {
      int own = axis < added ? 1 : extents.get(axis - added);
      if (added < 0 || (own != 1 && own != wanted.get(axis))) {
        throw new IllegalArgumentException(
            "extents %s cannot be repeated to %s".formatted(extents, wanted));
      }
      repeated.add(own == 1 ? 0 : steps.get(axis - added));
    }
    return new ArrayView(wanted, start, repeated);
  }

  /// Every `step`-th place of an axis.
  ArrayView sliced(int axis, int from, int step, int count) {
    List<Integer> fewer = new ArrayList<>(extents);
    List<Integer> longer = new ArrayList<>(steps);
    fewer.set(axis, count);
    longer.set(axis, steps.get(axis) * step);
    return new ArrayView(fewer, start + from * steps.get(axis), longer);
  }

  @Override
  public void each(Pick pick) {
    int[] ends = extents.stream().mapToInt(Integer::intValue).toArray();
    int[] strides = steps.stream().mapToInt(Integer::intValue).toArray();
    int[] index = new int[ends.length];
    int from = start;
    int size = (int) ConstantArray.size(extents);
    for (int to = 0; to < size; to++) {
      pick.take(to, from);
      for (int axis = index.length - 1; axis >= 0; axis--) {
        from += strides[axis];
        if (++index[axis] < ends[axis]) {
          break;
        }
        from -= strides[axis] * ends[axis];
        index[axis] = 0;
      }
    }
  }
}
