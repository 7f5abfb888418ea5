package org.pdnn.training.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.pdnn.network.Network;
import org.pdnn.network.Tensor;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.WeightForm;

/// A network while it learns: its weights, their gradients and its optimiser.
final class LearningNetwork implements AutoCloseable {
  final Network network;
  final Parameters parameters;
  final Adam adam;
  private final int number;
  private final Arithmetic arithmetic;

  /// 1 where a weight may change; the weights themselves, if all may.
  private final Parameters mask;

  /// @param number among the networks that learn together, which addresses its noise
  /// @param arithmetic of the products
  /// @param masks by tensor, 1 where a weight may change and 0 where it may not
  LearningNetwork(
      int number,
      Network network,
      WeightForm form,
      Map<String, Tensor> masks,
      Device device,
      Arithmetic arithmetic) {
    this.number = number;
    this.network = network;
    this.arithmetic = arithmetic;
    this.parameters = new Parameters(network, device, form);
    this.adam = new Adam(parameters.weights);
    this.mask =
        masks.isEmpty()
            ? parameters
            : new Parameters(whole(network, masks), device, WeightForm.REAL);
  }

  private static Network whole(Network network, Map<String, Tensor> masks) {
    Map<String, Tensor> whole = new LinkedHashMap<>();
    network
        .tensors()
        .forEach((name, tensor) ->
            whole.put(name, masks.getOrDefault(name, Tensor.filled(tensor.shape(), 1))));
    return network.withTensors(whole);
  }

  /// A run of its layers in one step; the noise turns to it.
  Forward forward(Noise noise, Forward.Mode mode) {
    noise.network(number);
    return new Forward(network, parameters.inAStep(), noise, mode, arithmetic);
  }

  /// Moves the weights by the gradients. A weight whose gradient was always 0 stays what it is:
  /// both of Adam's means are 0 there.
  void step(long step, double learningRate) {
    if (mask != parameters) {
      parameters.gradients.mul_(mask.weights);
    }
    adam.step(parameters.weights, parameters.gradients, step, learningRate);
    parameters.clip();
  }

  @Override
  public void close() {
    mask.close();
    parameters.close();
    adam.close();
  }
}
