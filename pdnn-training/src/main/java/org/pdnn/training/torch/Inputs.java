package org.pdnn.training.torch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Shape;

/// Inputs side by side as a tensor of libtorch.
final class Inputs {
  private Inputs() {}

  /// A batch on a device.
  ///
  /// @param shape of one input
  /// @param values input after input, row-major
  static Tensor of(Shape shape, float[] values, Device device) {
    long[] dimensions = dimensions(values.length / shape.size(), shape);
    Tensor x = torch.from_blob(new FloatPointer(values), dimensions);
    x = device.is_cpu() ? x : x.to(device, ScalarType.Float);
    // Channels innermost: libtorch pools ten times and convolves twice as fast.
    return dimensions.length == 4 ? x.contiguous(MemoryFormat.ChannelsLast) : x;
  }

  private static long[] dimensions(int count, Shape shape) {
    long[] dimensions = new long[shape.rank() + 1];
    dimensions[0] = count;
    for (int i = 1; i < dimensions.length; i++) {
      dimensions[i] = shape.dimension(i - 1);
    }
    return dimensions;
  }
}
