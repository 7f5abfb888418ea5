package org.pdnn.training.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Network;

/// Weights for inference on the CPU, convolutions channels-last.
final class FixedWeights implements Weights, AutoCloseable {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private final Held held = new Held();

  /// In 32 bits.
  FixedWeights(Network network) {
    this(network, ScalarType.Float);
  }

  /// @param type of the numbers
  FixedWeights(Network network, ScalarType type) {
    Device cpu = new Device("cpu");
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      network
          .tensors()
          .forEach((name, tensor) -> {
            long[] dimensions = Inputs.dimensions(tensor.shape());
            Tensor copy = Parameters.tensor(tensor.toArray(), cpu).view(dimensions).to(type);
            tensors.put(
                name,
                held.keep(
                    dimensions.length == 4 ? copy.contiguous(MemoryFormat.ChannelsLast) : copy));
          });
    }
  }

  @Override
  public Tensor get(String name) {
    return Weights.among(tensors, name);
  }

  /// Frees the tensors; a second time does nothing.
  @Override
  public void close() {
    held.close();
  }
}
