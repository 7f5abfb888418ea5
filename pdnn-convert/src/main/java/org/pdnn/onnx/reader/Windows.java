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

  /// Has the values so far be images: sequences (channels, length) get the height 1.
  ///
  /// @return whether they are sequences, see [#lower]
  static boolean raise(Node node, OperatorContext reading) {
    reading.requireOurOrder(node);
    Shape shape = reading.layers().shape();
    boolean sequences = shape.rank() == 2;
    if (sequences) {
      reading.value().reshape(Shape.of(shape.dimension(0), 1, shape.dimension(1)));
    }
    return sequences;
  }

  /// Has images be sequences again, if they were.
  static void lower(OperatorContext reading, boolean sequences) {
    Shape shape = reading.layers().shape();
    if (sequences) {
      reading.value().reshape(Shape.of(shape.dimension(0), shape.dimension(2)));
    }
  }

  /// The window of a node over an image.
  ///
  /// @param kernel its height and width, or its width over sequences
  static Window of(Node node, Shape image, List<Long> kernel) {
    int axes = kernel.size();
    List<Long> size = both(1, kernel);
    List<Long> strides = both(1, numbers(node, "strides", 1, axes, List.of(1L, 1L)));
    List<Long> dilations = both(1, numbers(node, "dilations", 1, axes, List.of(1L, 1L)));
    Window window =
        Window.of(size(node, size.get(0)), size(node, size.get(1)))
            .stride(strides.get(0).intValue(), strides.get(1).intValue())
            .dilation(dilations.get(0).intValue(), dilations.get(1).intValue());
    String auto = node.text("auto_pad", "NOTSET");
    return switch (auto) {
      case "NOTSET" -> {
        List<Long> pads = numbers(node, "pads", 0, 2 * axes, List.of(0L, 0L, 0L, 0L));
        List<Long> before = both(0, pads.subList(0, axes));
        List<Long> after = both(0, pads.subList(axes, 2 * axes));
        yield window.padding(
            before.get(0).intValue(),
            before.get(1).intValue(),
            after.get(0).intValue(),
            after.get(1).intValue());
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
  static List<Long> kernel(Node node, boolean sequences) {
    return numbers(node, "kernel_shape", 1, sequences ? 1 : 2, List.of());
  }

  /// Numbers for rows and columns, of which sequences have columns alone.
  private static List<Long> both(long rows, List<Long> numbers) {
    return numbers.size() == 1 ? List.of(rows, numbers.getFirst()) : numbers;
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

  /// So many numbers, each of `least` to 65,536.
  ///
  /// @param usual what they are if the node does not say, or more of it
  private static List<Long> numbers(
      Node node, String name, int least, int count, List<Long> usual) {
    List<Long> numbers = node.integers(name, usual.subList(0, Math.min(count, usual.size())));
    if (numbers.size() != count
        || numbers.stream().anyMatch(number -> number < least || number > MOST)) {
      throw node.refused(
          "has %s %s; here there are %s, each of %s to %s"
              .formatted(name, numbers, count, least, MOST));
    }
    return numbers;
  }
}
