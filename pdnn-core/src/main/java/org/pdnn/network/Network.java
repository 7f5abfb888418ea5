package org.pdnn.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// An immutable feed-forward network: the shape of its input, its layers in the order in which they
/// run, and what each of them reads. In a chain that is the layer before it; any layer may read
/// another before it, and a [Join] reads several:
///
/// ```java
/// Network block = Network.of(Shape.of(16, 32, 32))
///     .add("conv1", Convolution.of(16, 16, 3, 1, 1))
///     .add("bn1", BatchNorm.of(16))
///     .add(new Neurons(Neuron.parse("pbit:sigmoid")))
///     .add("conv2", Convolution.of(16, 16, 3, 1, 1))
///     .add("bn2", BatchNorm.of(16))
///     .add("sum", new Add(), "bn2", "input")
///     .add(new Neurons(Neuron.parse("pbit:sigmoid")))
///     .network();
/// ```
///
/// Layer i of a chain is PyTorch's `nn.Sequential` module i; its tensors are called `i.weight`,
/// `i.bias` and so on, or by the layer's name. How many passes are run and where they are averaged
/// belongs to the run, not to the network.
///
/// @param places of the layers, one each
public record Network(Shape input, List<Layer> layers, List<Place> places) {
  /// The deepest networks have a thousand; work on a chain may grow by the square of its length.
  public static final int MOST_LAYERS = 10_000;

  /// @throws IllegalArgumentException naming the first layer that does not fit what it reads, or
  ///   that nothing reads
  public Network {
    layers = List.copyOf(layers);
    places = List.copyOf(places);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network needs at least one layer");
    }
    requireFew(layers.size());
    if (places.size() != layers.size()) {
      throw new IllegalArgumentException(
          "%s layers have as many places, got %s".formatted(layers.size(), places.size()));
    }
    Readers.require(places);
    shapes(input, layers, places);
  }

  /// A chain: each layer reads the one before it.
  public Network(Shape input, List<Layer> layers) {
    this(
        input,
        layers,
        IntStream.range(0, layers.size()).mapToObj(i -> Place.behind(i - 1)).toList());
  }

  /// Begins a network, layer by layer.
  public static NetworkBuilder of(Shape input) {
    return new NetworkBuilder(input);
  }

  static void requireFew(int layers) {
    if (layers > MOST_LAYERS) {
      throw new IllegalArgumentException(
          "a network has at most %s layers, got %s; use a smaller one"
              .formatted(MOST_LAYERS, layers));
    }
  }

  private static List<Shape> shapes(Shape input, List<Layer> layers, List<Place> places) {
    List<Shape> shapes = new ArrayList<>();
    shapes.add(input);
    for (int i = 0; i < layers.size(); i++) {
      try {
        List<Shape> read =
            places.get(i).reads().stream().map(from -> shapes.get(from + 1)).toList();
        shapes.add(layers.get(i).output(read));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("layer %s: %s".formatted(i, e.getMessage()), e);
      }
    }
    return shapes;
  }

  /// The shapes of the input and of what each layer gives: one more than layers.
  public List<Shape> shapes() {
    return shapes(input, layers, places);
  }

  /// The layers whose outputs a layer reads; [Place#INPUT] for the network's input.
  public List<Integer> reads(int layer) {
    return places.get(layer).reads();
  }

  /// What a layer is called: its name, or its index.
  public String name(int layer) {
    return places.get(layer).name().orElse(Integer.toString(layer));
  }

  /// Layers in a sentence: `layer 3`, `layers 1, act2, 7`.
  public String listed(List<Integer> some) {
    return (some.size() == 1 ? "layer " : "layers ")
        + some.stream().map(this::name).collect(Collectors.joining(", "));
  }

  /// Whether each layer reads the one before it, and no other.
  public boolean chain() {
    return IntStream.range(0, layers.size()).allMatch(i -> reads(i).equals(List.of(i - 1)));
  }

  /// Refuses a network that is not a chain.
  ///
  /// @param what needs a chain, as in `the integer form`
  /// @throws IllegalArgumentException naming the first layer that reads elsewhere
  public void requireChain(String what) {
    for (int i = 0; i < layers.size(); i++) {
      if (!reads(i).equals(List.of(i - 1))) {
        throw new IllegalArgumentException(
            "layer %s does not read just the layer before it, as %s needs"
                .formatted(name(i), what));
      }
    }
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
        all.put(name(i) + "." + entry.getKey(), entry.getValue());
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
        Tensor tensor = tensors.get(name(i) + "." + name);
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
    return withLayers(changed);
  }

  /// The same network with other layers in the same places.
  public Network withLayers(List<Layer> others) {
    return new Network(input, others, places);
  }

  /// The network that ends with a layer, of those layers alone that it needs. In a chain it draws
  /// what the whole one does, as words are addressed by layer.
  public Network upTo(int last) {
    boolean[] needed = new boolean[last + 1];
    needed[last] = true;
    Rewriting part = new Rewriting(this);
    for (int i = last; i >= 0; i--) {
      for (int from : reads(i)) {
        if (needed[i] && from != Place.INPUT) {
          needed[from] = true;
        }
      }
    }
    for (int i = 0; i <= last; i++) {
      if (needed[i]) {
        part.keep(i);
      }
    }
    return part.network();
  }

  /// The same network with one layer more, which reads the last.
  public Network then(Layer layer) {
    List<Layer> more = new ArrayList<>(layers);
    more.add(layer);
    List<Place> behind = new ArrayList<>(places);
    behind.add(Place.behind(layers.size() - 1));
    return new Network(input, more, behind);
  }

  /// The same network with another layer in one place.
  public Network with(int index, Layer layer) {
    List<Layer> changed = new ArrayList<>(layers);
    changed.set(index, layer);
    return withLayers(changed);
  }

  /// The same network with each neuron replaced.
  public Network withNeurons(UnaryOperator<Neuron> replacement) {
    return withLayers(
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
        IntStream.range(0, layers.size())
            .filter(i -> layers.get(i) instanceof Weighted)
            .boxed()
            .toList();
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
    return withLayers(changed);
  }

  /// The deterministic twin: every random neuron replaced by its 32-bit mean.
  public Network deterministicTwin() {
    return withNeurons(neuron -> neuron.random() ? neuron.twin() : neuron);
  }

  /// The network whose last random neurons hand something on; what is their mean is a deterministic
  /// activation.
  public Network handing(LastHidden last) {
    int layer = lastRandomLayer();
    return last == LastHidden.EXPECTATION
            && layer >= 0
            && layers.get(layer) instanceof Neurons(Neuron neuron)
        ? with(layer, new Neurons(neuron.twin()))
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

  /// By layer: whether what it gives depends on a draw. All passes share what does not.
  public boolean[] drawn() {
    boolean[] drawn = new boolean[layers.size()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] =
          (layers.get(i) instanceof Neurons(Neuron neuron) && neuron.random())
              || reads(i).stream().anyMatch(from -> from != Place.INPUT && drawn[from]);
    }
    return drawn;
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
