package org.pdnn.onnx.reader;

import java.util.List;
import org.pdnn.names.Printable;
import org.pdnn.network.Shape;

/// The border that a window adds to an image: equal on all four sides.
final class Padding {
  private Padding() {}

  /// The pixels added on every side, given or, by `auto_pad`, computed from the image.
  ///
  /// @param kernel its height and width
  static int of(Node node, Shape image, List<Integer> kernel, int stride) {
    String auto = node.text("auto_pad", "NOTSET");
    if (!auto.equals("SAME_UPPER") && !auto.equals("SAME_LOWER")) {
      return explicit(node);
    }
    long rows = same(image.dimension(1), kernel.get(0), stride);
    long columns = same(image.dimension(2), kernel.get(1), stride);
    if (rows != columns || rows % 2 != 0) {
      throw node.refused(
          "has auto_pad %s, which adds %s rows and %s columns to %s here; only as many on all four sides are read"
              .formatted(auto, rows, columns, image));
    }
    return (int) (rows / 2);
  }

  /// What `SAME` adds so that there is one output for each stride.
  private static long same(long extent, long kernel, long stride) {
    long outputs = (extent + stride - 1) / stride;
    return Math.max(0, (outputs - 1) * stride + kernel - extent);
  }

  /// The pixels on every side that `pads` gives; 0 without.
  static int explicit(Node node) {
    String auto = node.text("auto_pad", "NOTSET");
    if (auto.equals("VALID")) {
      return 0;
    }
    if (!auto.equals("NOTSET")) {
      throw node.refused("has auto_pad %s; export it with pads".formatted(Printable.quoted(auto)));
    }
    List<Long> pads = node.integers("pads", List.of(0L, 0L, 0L, 0L));
    if (pads.size() != 4 || pads.stream().distinct().count() != 1) {
      throw node.refused("has pads %s; only four equal ones are read".formatted(pads));
    }
    long padding = pads.getFirst();
    if (padding < 0 || padding > Strides.MOST) {
      throw node.refused("has pads %s; pads are 0 to %s".formatted(padding, Strides.MOST));
    }
    return (int) padding;
  }
}
