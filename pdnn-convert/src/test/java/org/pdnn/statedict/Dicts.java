package org.pdnn.statedict;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.SmallNetworks;
import org.pdnn.network.Tensor;

/// Small networks, and what their tensors are called and how they lie elsewhere.
final class Dicts {
  static final Path FILE = Path.of("trained.npz");

  private Dicts() {}

  /// Dense layers at 0, 2, 4, ... with tanh between them.
  static Network mlp(int... sizes) {
    return SmallNetworks.mlp(Neuron.parse("tanh"), sizes);
  }

  /// Two convolutions with batch norms, at 0, 1, 4, 5; two dense layers with one, at 9, 10, 12.
  static Network images() {
    Neurons tanh = new Neurons(Neuron.parse("tanh"));
    return SmallNetworks.randomised(
        new Network(
            Shape.of(2, 8, 10),
            List.of(
                Convolution.of(2, 3, 3, 1, 1),
                BatchNorm.of(3),
                tanh,
                new MaxPool(2),
                Convolution.of(3, 4, 3, 1, 1),
                BatchNorm.of(4),
                tanh,
                new MaxPool(2),
                new Flatten(),
                BatchNorm.of(16),
                Dense.of(16, 5),
                tanh,
                Dense.of(5, 3))),
        2);
  }

  /// The tensors of the given layers of a network under the names of modules, in their order.
  ///
  /// @param name what to call a tensor by its module and our name for it, as in `weight`
  static Map<String, Tensor> renamed(
      Network network, List<Integer> layers, List<String> modules, Naming name) {
    Map<String, Tensor> renamed = new LinkedHashMap<>();
    IntStream.range(0, layers.size())
        .forEach(i ->
            network
                .layers()
                .get(layers.get(i))
                .tensors()
                .forEach((own, tensor) -> renamed.put(name.of(modules.get(i), own), tensor)));
    return renamed;
  }

  @FunctionalInterface
  interface Naming {
    String of(String module, String tensor);
  }

  static Map<String, Tensor> torch(Network network, List<Integer> layers, String... modules) {
    return renamed(network, layers, List.of(modules), (module, own) -> module + "." + own);
  }

  /// As safetensors sorts them.
  static Map<String, Tensor> sorted(Map<String, Tensor> tensors) {
    Map<String, Tensor> sorted = new LinkedHashMap<>();
    tensors.keySet().stream().sorted().forEach(name -> sorted.put(name, tensors.get(name)));
    return sorted;
  }

  static Map<String, Tensor> mapped(Map<String, Tensor> tensors, Function<Tensor, Tensor> change) {
    Map<String, Tensor> mapped = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> mapped.put(name, change.apply(tensor)));
    return mapped;
  }

  static StateDict dict(Map<String, Tensor> tensors) {
    return new StateDict(FILE, tensors, List.of(), List.of());
  }
}
