package org.pdnn.onnx.reader;

import java.util.List;

/// The steps of a window over an image.
final class Strides {
  /// More pixels than an image has.
  static final int MOST = 1 << 16;

  private Strides() {}

  /// The stride of both axes, 1 if none is given.
  static int equal(Node node) {
    List<Long> strides = node.integers("strides", List.of(1L, 1L));
    if (strides.size() != 2 || !strides.get(0).equals(strides.get(1))) {
      throw node.refused("has strides %s; only two equal ones are read".formatted(strides));
    }
    long stride = strides.getFirst();
    if (stride < 1 || stride > MOST) {
      throw node.refused("has stride %s; strides are 1 to %s".formatted(stride, MOST));
    }
    return (int) stride;
  }
}
