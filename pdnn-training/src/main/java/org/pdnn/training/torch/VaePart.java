package org.pdnn.training.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.pdnn.network.Network;
import org.pdnn.network.Tensor;

/// One of the four networks of a variational auto-encoder while it learns.
final class VaePart implements AutoCloseable {
  final Network network;
  final Parameters parameters;
  final Adam adam;

  /// 1 where a weight may change; the weights themselves, if all may.
  private final Parameters mask;

  /// @param masks by tensor, 1 where a weight may change and 0 where it may not
  VaePart(Network network, Map<String, Tensor> masks, Device device) {
    this.network = network;
    this.parameters = new Parameters(network, device);
    this.adam = new Adam(parameters.weights);
    this.mask = masks.isEmpty() ? parameters : new Parameters(whole(network, masks), device);
  }

  private static Network whole(Network network, Map<String, Tensor> masks) {
    Map<String, Tensor> whole = new LinkedHashMap<>();
    network
        .tensors()
        .forEach((name, tensor) ->
            whole.put(name, masks.getOrDefault(name, Tensor.filled(tensor.shape(), 1))));
    return network.withTensors(whole);
  }

  /// Moves the weights by the gradients. A weight whose gradient was always 0 stays what it is:
  /// both of Adam's means are 0 there.
  void step(long step, double learningRate) {
    if (mask != parameters) {
      parameters.gradients.mul_(mask.weights);
    }
    adam.step(parameters.weights, parameters.gradients, step, learningRate);
  }

  @Override
  public void close() {
    mask.close();
    parameters.close();
    adam.close();
  }
}
