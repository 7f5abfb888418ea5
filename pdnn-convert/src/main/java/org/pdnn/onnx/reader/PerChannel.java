package org.pdnn.onnx.reader;

import java.util.Optional;
import org.pdnn.network.Shape;

/// A constant that is combined with every value of a channel alike.
final class PerChannel {
  private PerChannel() {}

  /// One number for each channel.
  ///
  /// @param constant with as many axes as the values, see [Arrangement#ours]
  /// @param shape of one input's values
  /// @return empty if it differs from pixel to pixel
  /// @throws IllegalArgumentException if it does not fit
  static Optional<float[]> of(Reals constant, Shape shape) {
    boolean alike = true;
    for (int axis = 0; axis < shape.rank(); axis++) {
      int extent = constant.dimensions().get(axis);
      if (extent != 1 && extent != shape.dimension(axis)) {
        throw new IllegalArgumentException(
            "constants of extents %s do not fit values of shape %s"
                .formatted(constant.dimensions(), shape));
      }
      alike &= axis == 0 || extent == 1;
    }
    if (!alike) {
      return Optional.empty();
    }
    float[] values = new float[shape.dimension(0)];
    for (int c = 0; c < values.length; c++) {
      values[c] = constant.get(constant.size() == 1 ? 0 : c);
    }
    return Optional.of(values);
  }
}
