package org.pdnn.onnx.reader;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.network.Convolution;
import org.pdnn.network.Layer;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;

/// Convolutions over images and their transposes.
final class ConvolutionOperators {
  private ConvolutionOperators() {}

  static void convolution(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    boolean sequences = Windows.raise(node, reading);
    Tensor weight = weight(node, reading, sequences);
    Shape image = reading.image(node);
    Border border = reading.value().takeBorder();
    Window window =
        border.around(Windows.of(node, border.around(image), kernel(weight, sequences)));
    Tensor bias = bias(node, reading, weight.shape().dimension(0));
    add(node, reading, new Convolution(weight, bias, window, groups(node)));
    Windows.lower(reading, sequences);
  }

  static void transposed(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Tensor weight = weight(node, reading, false);
    Shape image = reading.image(node);
    for (long padding : node.integers("output_padding", List.of())) {
      if (padding != 0) {
        throw node.refused("has output_padding %s; only 0 is read".formatted(padding));
      }
    }
    if (node.hasAttribute("output_shape")) {
      throw node.refused("has an output_shape; export it with pads");
    }
    Window window = Windows.of(node, image, kernel(weight, false));
    if (groups(node) != 1 || !window.uniform() || node.text("auto_pad", "").startsWith("SAME")) {
      throw node.refused(
          "has groups, dilations, auto_pad, or strides and pads that differ between sides, which"
              + " are read of convolutions, not of their transposes");
    }
    Tensor bias = bias(node, reading, weight.shape().dimension(1));
    add(
        node,
        reading,
        new TransposedConvolution(weight, bias, window.rows().stride(), window.rows().before()));
  }

  /// @param sequences whether the kernel has one axis, and becomes one of height 1
  private static Tensor weight(Node node, OperatorContext reading, boolean sequences) {
    Reals weights = reading.constants().reals(node, 1);
    List<Integer> extents = new ArrayList<>(weights.dimensions());
    int axes = extents.size() - 2;
    if (axes != (sequences ? 1 : 2)) {
      throw node.refused(
          "has a kernel of %s axes; over images there are 2, over sequences 1".formatted(axes));
    }
    if (sequences) {
      extents.add(2, 1);
    }
    Tensor weight = Constants.finite(node, 1, weights.reshaped(extents));
    List<Long> kernel = kernel(weight, sequences);
    if (!node.integers("kernel_shape", kernel).equals(kernel)) {
      throw node.refused(
          "has kernel_shape %s, its weights have %s"
              .formatted(node.integers("kernel_shape", kernel), kernel));
    }
    return weight;
  }

  private static List<Long> kernel(Tensor weight, boolean sequences) {
    long width = weight.shape().dimension(3);
    return sequences ? List.of(width) : List.of((long) weight.shape().dimension(2), width);
  }

  private static int groups(Node node) {
    long groups = node.integer("group", 1);
    if (groups < 1 || groups > Shape.LARGEST) {
      throw node.refused("has group %s; groups are 1 or more".formatted(groups));
    }
    return (int) groups;
  }

  private static Tensor bias(Node node, OperatorContext reading, int outputs) {
    return node.has(2)
        ? reading.constants().tensor(node, 2, 1)
        : Tensor.filled(Shape.of(outputs), 0);
  }

  private static void add(Node node, OperatorContext reading, Layer layer) {
    if (node.has(2)) {
      reading.layers().add(layer);
    } else {
      reading.layers().addWithoutBias(layer);
    }
  }
}
