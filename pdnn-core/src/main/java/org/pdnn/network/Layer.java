package org.pdnn.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One step of a network, as data. Weights have PyTorch's names and layout.
public sealed interface Layer permits Weighted, Scaling, Pool, Rearrangement, Neurons, Join {

  /// The shape that comes out when `input` goes in.
  ///
  /// @throws IllegalArgumentException if such an input does not fit
  Shape output(Shape input);

  /// The shape that comes out when `inputs` go in: one, unless the layer is a [Join].
  ///
  /// @throws IllegalArgumentException if they do not fit
  default Shape output(List<Shape> inputs) {
    if (inputs.size() != 1) {
      throw new IllegalArgumentException(
          "it reads one place, got %s; only joins read more".formatted(inputs.size()));
    }
    return output(inputs.getFirst());
  }

  /// The tensors by their PyTorch names (`weight`, `bias`, ...), in PyTorch's order.
  default Map<String, Tensor> tensors() {
    return Map.of();
  }

  /// The same layer with other values in its tensors.
  ///
  /// @param tensors one of the present shape for each name of [#tensors]
  default Layer withTensors(Map<String, Tensor> tensors) {
    return this;
  }

  /// Number of trained parameters: weights, biases, scales and shifts of batch norms. Running
  /// statistics do not count.
  default long parameters() {
    return tensors().entrySet().stream()
        .filter(entry -> !entry.getKey().startsWith("running_"))
        .mapToLong(entry -> entry.getValue().size())
        .sum();
  }

  /// Tensors under their names, in this order.
  static Map<String, Tensor> named(String name, Tensor tensor, String second, Tensor other) {
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put(name, tensor);
    map.put(second, other);
    return map;
  }
}
