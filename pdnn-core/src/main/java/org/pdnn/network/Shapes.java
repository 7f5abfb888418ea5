package org.pdnn.network;

import java.util.Map;

/// The checks that layers make of their tensors and inputs.
final class Shapes {
  /// What is padded further is a mistake, or meant to take memory: a kernel of one pixel makes an
  /// image of any size of it.
  static final int MOST_PADDING = 256;

  private Shapes() {}

  static void require(boolean holds, String rule, Tensor tensor) {
    if (!holds) {
      throw new IllegalArgumentException(rule + ", got shape " + tensor.shape());
    }
  }

  static void requireVector(Tensor tensor, int length, String what) {
    require(tensor.shape().equals(Shape.of(length)), what + " has " + length + " values", tensor);
  }

  /// A computed extent as a dimension of a shape.
  static int extent(long pixels) {
    if (pixels > Shape.LARGEST) {
      throw new IllegalArgumentException(
          "a shape has at most %s elements, got an extent of %s".formatted(Shape.LARGEST, pixels));
    }
    return (int) pixels;
  }

  /// The shape of an image with the given number of channels.
  static Shape image(Shape input, int channels, String layer) {
    if (input.rank() != 3 || input.dimension(0) != channels) {
      throw new IllegalArgumentException(
          "a %s of %s channels cannot read %s".formatted(layer, channels, input));
    }
    return input;
  }

  static void requireImage(Shape input, String what) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException(
          "%s reads images (channels, height, width), not %s".formatted(what, input));
    }
  }

  /// The replacement of a tensor, which must have its shape.
  static Tensor same(Map<String, Tensor> tensors, String name, Tensor present) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("tensor '" + name + "' is missing");
    }
    if (!tensor.shape().equals(present.shape())) {
      throw new IllegalArgumentException(
          "tensor '%s' must have shape %s, got %s"
              .formatted(name, present.shape(), tensor.shape()));
    }
    return tensor;
  }
}
