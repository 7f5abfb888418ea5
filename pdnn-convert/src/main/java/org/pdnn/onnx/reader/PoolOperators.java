package org.pdnn.onnx.reader;

import java.util.List;
import java.util.stream.IntStream;
import org.pdnn.network.AveragePool;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Shape;
import org.pdnn.network.Window;

/// Pools over images.
final class PoolOperators {
  private PoolOperators() {}

  static void maxPool(Node node, OperatorContext reading) {
    if (!reading.value().border().isNone() && !reading.layers().nonNegative()) {
      throw node.refused(
          "reads zeros around values that may be negative; a max pool pads with what is less than"
              + " any value, so give it the padding itself");
    }
    boolean sequences = Windows.raise(node, reading);
    reading.layers().add(new MaxPool(window(node, reading, sequences)));
    Windows.lower(reading, sequences);
  }

  static void globalMaxPool(Node node, OperatorContext reading) {
    boolean sequences = Windows.raise(node, reading);
    Shape image = reading.image(node);
    reading.layers().add(new MaxPool(Window.of(image.dimension(1), image.dimension(2))));
    Windows.lower(reading, sequences);
  }

  static void averagePool(Node node, OperatorContext reading) {
    boolean sequences = Windows.raise(node, reading);
    boolean counts = node.integer("count_include_pad", 0) != 0;
    boolean bordered = !reading.value().border().isNone();
    if (bordered && !counts && pads(node)) {
      throw node.refused("counts the border before it, but not its own padding; let it pad alone");
    }
    reading.layers().add(new AveragePool(window(node, reading, sequences), counts || bordered));
    Windows.lower(reading, sequences);
  }

  static void globalAveragePool(Node node, OperatorContext reading) {
    boolean sequences = Windows.raise(node, reading);
    reading.image(node);
    reading.layers().add(new GlobalAveragePool());
    Windows.lower(reading, sequences);
  }

  /// The mean over rows and columns, which is that of all pixels.
  static void mean(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Branch value = reading.value();
    Arrangement before = value.axes();
    List<Integer> axes =
        reading.axes(node, 1).stream().map(axis -> reading.axis(node, axis)).sorted().toList();
    List<Integer> pixels =
        IntStream.rangeClosed(1, before.seen().rank())
            .filter(axis -> axis - 1 != before.channels())
            .boxed()
            .toList();
    if (value.shape().rank() != 3 || before.channels() < 0 || !axes.equals(pixels)) {
      throw node.refused(
          "is a mean over the axes %s of %s; only that over rows and columns is read"
              .formatted(axes, value.seen()));
    }
    value.layers().add(new GlobalAveragePool());
    value.arrange(before.averaged(value.shape()));
    if (node.integer("keepdims", 1) == 0) {
      value.reshape(Shape.of(value.shape().dimension(0)));
    }
  }

  /// A pool's window: in ceil mode only where a kernel hangs over, and of one place in the image
  /// without the stride that it never takes.
  private static Window window(Node node, OperatorContext reading, boolean sequences) {
    Border border = reading.value().takeBorder();
    Window window = window(node, border.around(reading.image(node)), sequences);
    if (!border.isNone() && window.ceil()) {
      throw node.refused(
          "hangs over the border before it; let it pad, or export it without ceil_mode");
    }
    return border.around(window);
  }

  private static boolean pads(Node node) {
    return !node.text("auto_pad", "NOTSET").equals("NOTSET")
        || node.integers("pads", List.of()).stream().anyMatch(pad -> pad != 0);
  }

  private static Window window(Node node, Shape image, boolean sequences) {
    Window window = Windows.of(node, image, Windows.kernel(node, sequences));
    Window ceil = window.ceil(node.integer("ceil_mode", 0) != 0);
    if (!ceil.tight(image).equals(window.tight(image))) {
      return ceil;
    }
    boolean one =
        isOne(window.rows(), image.dimension(1)) && isOne(window.columns(), image.dimension(2));
    return one ? window.stride(window.rows().kernel(), window.columns().kernel()) : window;
  }

  private static boolean isOne(Window.Axis axis, int extent) {
    long room = (long) axis.before() + extent + axis.after() - axis.span();
    return room >= 0 && room < Math.min(axis.stride(), axis.kernel());
  }
}
