package org.pdnn.onnx.reader;

import java.util.List;
import org.pdnn.network.Convolution;
import org.pdnn.network.Layer;
import org.pdnn.network.Shape;
import org.pdnn.network.Tensor;
import org.pdnn.network.TransposedConvolution;

/// Convolutions over images and their transposes.
final class ConvolutionOperators {
  private ConvolutionOperators() {}

  static void convolution(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Tensor weight = weight(node, reading);
    Shape image = reading.image(node);
    int stride = Strides.equal(node);
    int padding =
        Padding.of(
            node, image, List.of(weight.shape().dimension(2), weight.shape().dimension(3)), stride);
    int outputs = weight.shape().dimension(0);
    add(node, reading, new Convolution(weight, bias(node, reading, outputs), stride, padding));
  }

  static void transposed(Node node, OperatorContext reading) {
    reading.requireValueFirst(node);
    Tensor weight = weight(node, reading);
    reading.image(node);
    for (long padding : node.integers("output_padding", List.of())) {
      if (padding != 0) {
        throw node.refused("has output_padding %s; only 0 is read".formatted(padding));
      }
    }
    if (node.hasAttribute("output_shape")) {
      throw node.refused("has an output_shape; export it with pads");
    }
    int stride = Strides.equal(node);
    int padding = Padding.explicit(node);
    int outputs = weight.shape().dimension(1);
    add(
        node,
        reading,
        new TransposedConvolution(weight, bias(node, reading, outputs), stride, padding));
  }

  private static Tensor weight(Node node, OperatorContext reading) {
    long group = node.integer("group", 1);
    if (group != 1) {
      throw node.refused(
          "has group %s; only ordinary convolutions (group 1) are read".formatted(group));
    }
    for (long dilation : node.integers("dilations", List.of())) {
      if (dilation != 1) {
        throw node.refused("has dilation %s; only dense kernels (1) are read".formatted(dilation));
      }
    }
    Reals weights = reading.constants().reals(node, 1);
    int rank = weights.dimensions().size();
    if (rank != 4) {
      throw node.refused(
          "has a kernel of %s axes; only 2-d convolutions are read".formatted(rank - 2));
    }
    Tensor weight = Constants.finite(node, 1, weights);
    List<Long> kernel =
        List.of((long) weight.shape().dimension(2), (long) weight.shape().dimension(3));
    if (!node.integers("kernel_shape", kernel).equals(kernel)) {
      throw node.refused(
          "has kernel_shape %s, its weights have %s"
              .formatted(node.integers("kernel_shape", kernel), kernel));
    }
    return weight;
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
