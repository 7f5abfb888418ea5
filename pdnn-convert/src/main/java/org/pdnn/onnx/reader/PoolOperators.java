package org.pdnn.onnx.reader;

import java.util.List;
import org.pdnn.network.AveragePool;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Shape;

/// Pools over squares of an image that do not overlap.
final class PoolOperators {
  private PoolOperators() {}

  static void maxPool(Node node, OperatorContext reading) {
    reading.layers().add(new MaxPool(square(node, reading)));
  }

  static void globalMaxPool(Node node, OperatorContext reading) {
    reading.layers().add(new MaxPool(side(node, reading.image(node))));
  }

  static void averagePool(Node node, OperatorContext reading) {
    reading.layers().add(new AveragePool(square(node, reading)));
  }

  static void globalAveragePool(Node node, OperatorContext reading) {
    reading.layers().add(new AveragePool(side(node, reading.image(node))));
  }

  /// The mean over rows and columns, which is that of all pixels.
  static void mean(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Branch layers = reading.layers();
    List<Integer> order = layers.arrangement().order();
    List<Integer> axes =
        reading.axes(node, 1).stream().map(axis -> reading.axis(node, axis)).sorted().toList();
    Shape image = layers.shape();
    boolean pixels =
        image.rank() == 3
            && axes.size() == 2
            && axes.stream().allMatch(axis -> axis > 0 && order.get(axis - 1) > 0);
    if (!pixels) {
      throw node.refused(
          "is a mean over the axes %s of %s; only that over rows and columns is read"
              .formatted(axes, layers.seen()));
    }
    layers.add(new AveragePool(side(node, image)));
    layers.arrange(new Arrangement(layers.shape(), order, false));
    if (node.integer("keepdims", 1) == 0) {
      layers.reshape(Shape.of(image.dimension(0)));
    }
  }

  /// The side of an image that must be square.
  private static int side(Node node, Shape image) {
    if (image.dimension(1) != image.dimension(2)) {
      throw node.refused("pools all of %s; only square images are pooled whole".formatted(image));
    }
    return image.dimension(1);
  }

  /// The side of a square window that steps by its own side, or over an image takes no step.
  static int square(Node node, OperatorContext reading) {
    Shape image = reading.image(node);
    List<Long> kernel = node.integers("kernel_shape", List.of());
    if (kernel.size() != 2 || !kernel.get(0).equals(kernel.get(1))) {
      throw node.refused("has kernel_shape %s; only square pools are read".formatted(kernel));
    }
    long size = kernel.getFirst();
    if (size < 1 || size > Strides.MOST) {
      throw node.refused("has kernel size %s; sizes are 1 to %s".formatted(size, Strides.MOST));
    }
    for (long dilation : node.integers("dilations", List.of())) {
      if (dilation != 1) {
        throw node.refused("has dilation %s; only 1 is read".formatted(dilation));
      }
    }
    int side = (int) size;
    int stride = Strides.equal(node);
    if (Padding.of(node, image, List.of(side, side), stride) != 0) {
      throw node.refused("has pads; only pools without are read");
    }
    boolean onlyOne =
        isOnlyOne(image.dimension(1), side, stride) && isOnlyOne(image.dimension(2), side, stride);
    if (stride != side && !onlyOne) {
      throw node.refused(
          "has kernel size %s and stride %s; only pools that do not overlap are read"
              .formatted(side, stride));
    }
    boolean incomplete = image.dimension(1) % side != 0 || image.dimension(2) % side != 0;
    if (node.integer("ceil_mode", 0) != 0 && incomplete) {
      throw node.refused(
          "has ceil_mode 1 over %s, where squares of %s are incomplete; only ceil_mode 0 is read"
              .formatted(image, side));
    }
    return side;
  }

  /// Whether a window has one place in an extent, by its stride as by its own side.
  private static boolean isOnlyOne(int extent, int side, int stride) {
    return extent >= side && extent - side < Math.min(stride, side);
  }
}
