package org.pdnn.training.torch;

import java.util.Collections;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Shape;

/// Batches of inputs as tensors of libtorch.
final class Inputs {
  private Inputs() {}

  /// A batch on the CPU, in the memory of the scope.
  static Tensor of(Shape shape, float[] values) {
    return of(shape, values, new Device("cpu"));
  }

  /// A batch on a device.
  ///
  /// @param shape of one input
  /// @param values input after input, row-major
  static Tensor of(Shape shape, float[] values, Device device) {
    long[] dimensions = dimensions(values.length / shape.size(), shape);
    Tensor x = torch.from_blob(new FloatPointer(values), dimensions);
    x = device.is_cpu() ? x : x.to(device, ScalarType.Float);
    // Channels innermost: libtorch pools ten times as fast and convolves twice as fast.
    return dimensions.length == 4 ? x.contiguous(MemoryFormat.ChannelsLast) : x;
  }

  /// A batch so many times, one after the other, in the same order of memory.
  static Tensor repeated(Tensor x, int times) {
    return torch.cat(new TensorVector(Collections.nCopies(times, x).toArray(Tensor[]::new)));
  }

  /// The dimensions of a batch.
  static long[] dimensions(long count, Shape shape) {
    return LongStream.concat(LongStream.of(count), LongStream.of(dimensions(shape))).toArray();
  }

  /// The dimensions of a shape.
  static long[] dimensions(Shape shape) {
    return shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
  }
}
