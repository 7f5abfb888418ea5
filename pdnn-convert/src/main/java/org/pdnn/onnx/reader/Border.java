package org.pdnn.onnx.reader;

import java.util.List;
import java.util.Optional;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;

/// Zeros that a graph puts around images by a node of its own. The convolution or pool that reads
/// them pads as many.
///
/// @param node the one that puts them there; empty if nothing does
record Border(Optional<Node> node, List<Long> pads, int top, int left, int bottom, int right) {
  static final Border NONE = new Border(Optional.empty(), List.of(), 0, 0, 0, 0);

  /// More than any window pads.
  private static final int MOST = 1 << 8;

  /// The border of a node.
  ///
  /// @param pads first before each axis, then after it
  /// @param axes of the graph, from 0, the batch
  /// @throws NodeFault if it is not of zeros, or lies elsewhere than around rows and columns
  static Border of(Node node, List<Long> pads, List<Integer> axes, Arrangement arrangement) {
    // Of rows and columns; sequences have columns alone.
    int[] before = new int[2];
    int[] after = new int[2];
    int rank = arrangement.ours().rank();
    if (pads.size() != 2 * axes.size() || arrangement.flat() || rank < 2 || rank > 3) {
      throw refused(node, pads);
    }
    for (int i = 0; i < axes.size(); i++) {
      long low = pads.get(i);
      long high = pads.get(i + axes.size());
      if (low == 0 && high == 0) {
        continue;
      }
      int axis = axes.get(i) == 0 ? 0 : arrangement.order().get(axes.get(i) - 1);
      if (axis == 0 || Math.min(low, high) < 0 || Math.max(low, high) > MOST) {
        throw refused(node, pads);
      }
      int image = axis - (rank - 2);
      before[image] += (int) low;
      after[image] += (int) high;
    }
    return new Border(Optional.of(node), pads, before[0], before[1], after[0], after[1]);
  }

  boolean isNone() {
    return node.isEmpty();
  }

  /// The shape of an image with it.
  Shape around(Shape image) {
    return Shape.of(
        image.dimension(0), image.dimension(1) + top + bottom, image.dimension(2) + left + right);
  }

  /// A window over images with it, as one over images without.
  Window around(Window window) {
    Window.Axis rows = window.rows();
    Window.Axis columns = window.columns();
    return window.padding(
        rows.before() + top,
        columns.before() + left,
        rows.after() + bottom,
        columns.after() + right);
  }

  /// That nothing takes it up.
  NodeFault refused() {
    return refused(node.orElseThrow(), pads);
  }

  private static NodeFault refused(Node node, List<Long> pads) {
    return node.refused(
        "adds a border of %s; only zeros around rows and columns are read, where a convolution or pool follows that takes them up"
            .formatted(pads.size() > 8 ? pads.subList(0, 8) + "..." : pads));
  }
}
