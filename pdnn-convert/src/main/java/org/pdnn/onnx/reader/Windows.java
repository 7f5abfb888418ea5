package org.pdnn.onnx.reader;

import java.util.List;
import org.pdnn.names.Printable;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;

/// The window that a node's attributes give a convolution or a pool.
final class Windows {
  /// More pixels than an image has.
  private static final int MOST = 1 << 16;

  private Windows() {}

  /// The window of a node over an image.
  ///
  /// @param kernel its height and width
  static Window of(Node node, Shape image, List<Long> kernel) {
    List<Long> strides = numbers(node, "strides", 1, List.of(1L, 1L));
    List<Long> dilations = numbers(node, "dilations", 1, List.of(1L, 1L));
    Window window =
        Window.of(size(node, kernel.get(0)), size(node, kernel.get(1)))
            .stride(strides.get(0).intValue(), strides.get(1).intValue())
            .dilation(dilations.get(0).intValue(), dilations.get(1).intValue());
    String auto = node.text("auto_pad", "NOTSET");
    return switch (auto) {
      case "NOTSET" -> {
        List<Long> pads = numbers(node, "pads", 0, List.of(0L, 0L, 0L, 0L));
        yield window.padding(
            pads.get(0).intValue(),
            pads.get(1).intValue(),
            pads.get(2).intValue(),
            pads.get(3).intValue());
      }
      case "VALID" -> window;
      case "SAME_UPPER", "SAME_LOWER" -> {
        int rows = same(window.rows(), image.dimension(1));
        int columns = same(window.columns(), image.dimension(2));
        // What is odd is added at the end, or at the beginning.
        int more = auto.equals("SAME_LOWER") ? 1 : 0;
        int top = (rows + more) / 2;
        int left = (columns + more) / 2;
        yield window.padding(top, left, rows - top, columns - left);
      }
      default ->
          throw node.refused(
              "has auto_pad %s; export it with pads".formatted(Printable.quoted(auto)));
    };
  }

  /// The kernel that a pool's attribute gives.
  static List<Long> kernel(Node node) {
    return numbers(node, "kernel_shape", 1, List.of());
  }

  private static int size(Node node, long size) {
    if (size < 1 || size > MOST) {
      throw node.refused("has kernel size %s; sizes are 1 to %s".formatted(size, MOST));
    }
    return (int) size;
  }

  /// What `SAME` adds so that there is one output for each stride.
  private static int same(Window.Axis axis, int extent) {
    long outputs = Math.ceilDiv(extent, axis.stride());
    long needed = (outputs - 1) * axis.stride() + axis.span() - extent;
    return (int) Math.min(Math.max(0, needed), 2L * MOST);
  }

  /// As many numbers as are usual, each of `least` to 65,536.
  private static List<Long> numbers(Node node, String name, int least, List<Long> usual) {
    List<Long> numbers = node.integers(name, usual);
    int count = usual.isEmpty() ? 2 : usual.size();
    if (numbers.size() != count
        || numbers.stream().anyMatch(number -> number < least || number > MOST)) {
      throw node.refused(
          "has %s %s; over images there are %s, each of %s to %s"
              .formatted(name, numbers, count, least, MOST));
    }
    return numbers;
  }
}
