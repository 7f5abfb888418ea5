package org.pdnn.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// An immutable feed-forward network: the shape of its input and its layers in order.
///
/// Layer i is PyTorch's `nn.Sequential` module i; its tensors are called `i.weight`, `i.bias` and
/// so on. How many passes are run and where they are averaged belongs to the run, not to the
/// network.
public record Network(Shape input, List<Layer> layers) {
  /// The deepest networks have a thousand; work on a chain may grow by the square of its length.
  public static final int MOST_LAYERS = 10_000;

  /// @throws IllegalArgumentException naming the first layer that does not fit its input
  public Network {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one layer");
    }
    requireFew(layers.size());
    chain(input, layers);
  }

  static void requireFew(int layers) {
    if (layers > MOST_LAYERS) {
      throw new IllegalArgumentException(
          "a network has at most %s layers, got %s".formatted(MOST_LAYERS, layers));
    }
  }

  private static List<Shape> chain(Shape input, List<Layer> layers) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(input);
    for (int i = 0; i < layers.size(); i++) {
      try {
        shapes.add(layers.get(i).output(shapes.getLast()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer %s: %s".formatted(i, e.getMessage()), e);
      }
    }
    return shapes;
  }

  /// The shapes before layer 0, between the layers and after the last: one more than layers.
  public List<Shape> shapes() {
    return chain(input, layers);
  }

  /// The shape of the last layer's output.
  public Shape output() {
    return shapes().getLast();
  }

  /// All tensors under PyTorch's names, in PyTorch's order.
  public Map<String, Tensor> tensors() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    for (int i = 0; i < layers.size(); i++) {
      for (Map.Entry<String, Tensor> entry : layers.get(i).tensors().entrySet()) {
        all.put(i + "." + entry.getKey(), entry.getValue());
      }
    }
    return all;
  }

  /// The same network with other weights.
  ///
  /// @param tensors at least those of [#tensors], in the same shapes
  public Network withTensors(Map<String, Tensor> tensors) {
    List<Layer> changed = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Map<String, Tensor> own = new LinkedHashMap<>();
      for (String name : layers.get(i).tensors().keySet()) {
        Tensor tensor = tensors.get(i + "." + name);
        if (tensor != null) {
          own.put(name, tensor);
        }
      }
      try {
        changed.add(layers.get(i).withTensors(own));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer %s: %s".formatted(i, e.getMessage()), e);
      }
    }
    return new Network(input, changed);
  }

  /// The same network with another layer in one place.
  public Network with(int index, Layer layer) {
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(index, layer);
    return new Network(input, changed);
  }

  /// The same network with each neuron replaced.
  public Network withNeurons(UnaryOperator<Neuron> replacement) {
    return new Network(
        input,
        layers.stream()
            .map(layer ->
                layer instanceof Neurons(Neuron neuron)
                    ? new Neurons(replacement.apply(neuron))
                    : layer)
            .toList());
  }

  /// Indices of the hidden neurons: those with weights before and after them. The others are at the
  /// network's input or its output, which stay analog (paper, section 2).
  public List<Integer> hiddenNeurons() {
    List<Integer> weighted =
        IntStream.range(0, layers.size()).filter(i -> weighted(layers.get(i))).boxed().toList();
    return IntStream.range(0, layers.size())
        .filter(i -> layers.get(i) instanceof Neurons)
        .filter(i -> !weighted.isEmpty() && weighted.getFirst() < i && i < weighted.getLast())
        .boxed()
        .toList();
  }

  /// The same network with each hidden neuron replaced.
  public Network withHiddenNeurons(UnaryOperator<Neuron> replacement) {
    List<Layer> changed = new ArrayList<>(layers);
    for (int i : hiddenNeurons()) {
      if (layers.get(i) instanceof Neurons(Neuron neuron)) {
        changed.set(i, new Neurons(replacement.apply(neuron)));
      }
    }
    return new Network(input, changed);
  }

  /// Whether each output of a layer is a sum over many inputs.
  private static boolean weighted(Layer layer) {
    return switch (layer) {
      case Dense _, Convolution _, TransposedConvolution _ -> true;
      case BatchNorm _, MaxPool _, AveragePool _, Flatten _, Reshape _, Neurons _ -> false;
    };
  }

  /// The deterministic twin: every random neuron replaced by its 32-bit mean.
  public Network deterministicTwin() {
    return withNeurons(
        neuron -> neuron.random() ? Neuron.deterministic(neuron.activation()) : neuron);
  }

  /// The network whose last random neurons hand something on; what is their mean is a deterministic
  /// activation.
  public Network handing(LastHidden last) {
    int layer = lastRandomLayer();
    return last == LastHidden.EXPECTATION
            && layer >= 0
            && layers.get(layer) instanceof Neurons(Neuron neuron)
        ? with(layer, new Neurons(Neuron.deterministic(neuron.activation())))
        : this;
  }

  /// Whether any pass differs from another.
  public boolean random() {
    return firstRandomLayer() < layers.size();
  }

  /// Index of the first layer of random neurons; the number of layers if there is none. What lies
  /// before it is the same in every pass and is computed once.
  public int firstRandomLayer() {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) instanceof Neurons(Neuron neuron) && neuron.random()) {
        return i;
      }
    }
    return layers.size();
  }

  /// Index of the last layer of random neurons; -1 if there is none.
  public int lastRandomLayer() {
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (layers.get(i) instanceof Neurons(Neuron neuron) && neuron.random()) {
        return i;
      }
    }
    return -1;
  }

  /// The layers without their weights, as JSON: what a model file keeps beside the tensors.
  public String architecture() {
    return Architecture.toJson(this).toString();
  }

  /// Number of trained parameters.
  public long parameters() {
    return layers.stream().mapToLong(Layer::parameters).sum();
  }
}
