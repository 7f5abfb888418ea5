package org.pdnn.onnx;

import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Shape;

/// A constant that is combined with every value of a channel alike, by NumPy's rules of
/// broadcasting.
final class PerChannel {
  private PerChannel() {}

  /// One number a channel.
  ///
  /// @param shape of one input's values, without the batch
  /// @throws IllegalArgumentException if the constant differs from input to input or from pixel to
  ///   pixel, or does not fit
  static float[] of(Reals constant, Shape shape) {
    List<Integer> extents = constant.dimensions();
    int channels = shape.dimension(0);
    float[] values = new float[channels];
    if (constant.size() == 1 && extents.size() <= shape.rank() + 1) {
      Arrays.fill(values, constant.get(0));
      return values;
    }
    int channelAxis = extents.size() - shape.rank();
    for (int axis = 0; axis < extents.size(); axis++) {
      if (extents.get(axis) != (axis == channelAxis ? channels : 1) || channelAxis > 1) {
        throw new IllegalArgumentException(
            "constants of extents %s do not give one number to each of the %s channels of %s"
                .formatted(extents, channels, shape));
      }
    }
    for (int c = 0; c < channels; c++) {
      values[c] = constant.get(c);
    }
    return values;
  }
}
