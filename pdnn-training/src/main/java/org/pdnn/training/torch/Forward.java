package org.pdnn.training.torch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Activation;
import org.pdnn.network.Add;
import org.pdnn.network.Attention;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Concatenate;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Embedding;
import org.pdnn.network.Flatten;
import org.pdnn.network.GlobalAveragePool;
import org.pdnn.network.Join;
import org.pdnn.network.LayerNorm;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Multiply;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.PositionalEmbedding;
import org.pdnn.network.Readers;
import org.pdnn.network.Reshape;
import org.pdnn.network.RmsNorm;
import org.pdnn.network.Shape;
import org.pdnn.network.Softmax;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.network.Window;
import org.pdnn.training.Arithmetic;

/// Runs batches through the layers of a network, inside a scope.
///
/// In training, random and quantised neurons are differentiated straight through (paper, section
/// 3): forward they give `f + d` with `d = output - f` held constant, so that backward they are f.
final class Forward {
  private static final double MOMENTUM = 0.1;

  /// What a run is for.
  enum Mode {
    /// Gradients; batch norms use the statistics of the batch and update the running ones.
    LEARN,
    /// As in learning, but batch norms use their running statistics.
    TEST,
    /// Outputs alone, as fast as possible on a CPU.
    INFER,
    /// As `INFER`, with the p-bits under a max pool drawn as one: the same distribution of
    /// independent passes from fewer random numbers.
    INFER_POOLED
  }

  private final Network network;
  private final Weights weights;
  private final Noise noise;
  private final Mode mode;
  private final boolean gradients;
  private final Readers readers;

  /// By layer: whether its output depends on a draw.
  private final boolean[] drawn;

  /// Layers whose products are computed in 64 bits.
  private final Set<Integer> unsound;

  /// In 32 bits.
  ///
  /// @param noise begun by the caller for each batch
  Forward(Network network, Weights weights, Noise noise, Mode mode) {
    this(network, weights, noise, mode, Arithmetic.FLOAT32);
  }

  /// @param arithmetic of the products, which the caller sees to
  Forward(Network network, Weights weights, Noise noise, Mode mode, Arithmetic arithmetic) {
    this.unsound = OneDnn.unsound(network, arithmetic);
    this.network = network;
    this.weights = weights;
    this.noise = noise;
    this.mode = mode;
    this.readers = Readers.of(network);
    this.drawn = network.drawn();
    this.gradients = mode == Mode.LEARN || mode == Mode.TEST;
  }

  /// What all passes over a batch share.
  ///
  /// @param values outputs that do not depend on a draw and are read by layers that do, by layer
  /// @param means of the neurons that draw first, by layer
  record Shared(Map<Integer, Tensor> values, Map<Integer, Tensor> means) {
    /// The same with each tensor made into another.
    Shared each(UnaryOperator<Tensor> other) {
      return new Shared(each(values, other), each(means, other));
    }

    private static Map<Integer, Tensor> each(
        Map<Integer, Tensor> tensors, UnaryOperator<Tensor> other) {
      Map<Integer, Tensor> all = new HashMap<>();
      tensors.forEach((layer, tensor) -> all.put(layer, other.apply(tensor)));
      return all;
    }
  }

  /// Runs the whole network on a batch.
  Tensor run(Tensor batch) {
    return run(batch, (layer, values) -> run(values, layer));
  }

  /// What a layer makes of the outputs of those before it.
  @FunctionalInterface
  interface Step {
    Tensor of(int layer, Map<Integer, Tensor> values);
  }

  /// Runs the whole network on a batch, each layer by a step.
  Tensor run(Tensor batch, Step step) {
    Map<Integer, Tensor> values = new HashMap<>(Map.of(Place.INPUT, batch));
    for (int layer = 0; layer < network.layers().size(); layer++) {
      values.put(layer, step.of(layer, values));
    }
    return last(values);
  }

  /// Computes what does not depend on a draw.
  Shared enter(Tensor batch) {
    Map<Integer, Tensor> values = new HashMap<>(Map.of(Place.INPUT, batch));
    Map<Integer, Tensor> means = new HashMap<>();
    Set<Integer> needed = new HashSet<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      int read = network.reads(layer).getFirst();
      if (!drawn[layer]) {
        values.put(layer, run(values, layer));
      } else if (network.layers().get(layer) instanceof Neurons
          && (read == Place.INPUT || !drawn[read])) {
        means.put(layer, means(value(values, read), layer));
      } else {
        needed.addAll(network.reads(layer));
      }
    }
    values.keySet().retainAll(needed);
    return new Shared(values, means);
  }

  /// One pass, or several side by side: draws the neurons and runs what depends on them.
  Tensor pass(Shared shared) {
    Map<Integer, Tensor> values = new HashMap<>(shared.values);
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (drawn[layer]) {
        Tensor means = shared.means.get(layer);
        values.put(layer, means == null ? run(values, layer) : fire(means, layer));
      }
    }
    return last(values);
  }

  private Tensor last(Map<Integer, Tensor> values) {
    return value(values, network.layers().size() - 1);
  }

  private static Tensor value(Map<Integer, Tensor> values, int layer) {
    return Objects.requireNonNull(values.get(layer), "value");
  }

  /// What a layer reads.
  ///
  /// @param layer of one operand
  Tensor read(Map<Integer, Tensor> values, int layer) {
    return value(values, network.reads(layer).getFirst());
  }

  /// The output of a layer by those before it.
  Tensor run(Map<Integer, Tensor> values, int layer) {
    return network.layers().get(layer) instanceof Join join
        ? joined(join, network.reads(layer).stream().map(from -> value(values, from)).toList())
        : run(read(values, layer), layer);
  }

  private static Tensor joined(Join join, List<Tensor> read) {
    return switch (join) {
      case Add _ -> read.stream().reduce(Tensor::add).orElseThrow();
      case Multiply _ -> read.stream().reduce(Tensor::mul).orElseThrow();
      case Concatenate _ -> torch.cat(new TensorVector(read.toArray(Tensor[]::new)), 1);
      case Attention attention -> Positions.attended(attention, read);
    };
  }

  private Tensor run(Tensor x, int index) {
    return switch (network.layers().get(index)) {
      case Dense _ -> product(x, index, this::dense);
      case Convolution layer ->
          product(
              x,
              index,
              (in, weight, bias) ->
                  Windowed.convolution(
                      in, weight, new TensorOptional(bias), layer.window(), layer.groups()));
      case TransposedConvolution layer ->
          product(
              x,
              index,
              (in, weight, bias) ->
                  Windowed.transposed(
                      in,
                      weight,
                      new TensorOptional(bias),
                      Window.square(1, layer.stride(), layer.padding())));
      case Embedding _ -> Positions.embedding(x, weight(index, "weight"));
      case LayerNorm norm ->
          Positions.layerNorm(x, weight(index, "weight"), weight(index, "bias"), norm.epsilon());
      case RmsNorm norm -> Positions.rmsNorm(x, weight(index, "weight"), norm.epsilon());
      case Softmax _ -> x.softmax(1);
      case PositionalEmbedding _ -> Positions.shifted(x, weight(index, "weight"));
      case BatchNorm norm ->
          torch.batch_norm(
              x,
              optional(index, "weight"),
              optional(index, "bias"),
              optional(index, "running_mean"),
              optional(index, "running_var"),
              mode == Mode.LEARN,
              MOMENTUM,
              norm.epsilon(),
              false);
      // Drawn with the p-bits that it reads.
      case MaxPool _ when pooled(network.reads(index).getFirst()) -> x;
      case MaxPool pool -> Windowed.maxPool(x, pool);
      case AveragePool pool -> Windowed.averagePool(x, pool);
      case GlobalAveragePool _ -> Windowed.globalAveragePool(x);
      case Flatten _ -> x.flatten(1, -1);
      case Reshape(Shape shape) -> x.reshape(Inputs.dimensions(x.size(0), shape));
      case Neurons _ -> fire(means(x, index), index);
      case Join _ -> throw new IllegalStateException("a join reads several");
    };
  }

  /// What a layer of weights makes of its input, weight and bias.
  @FunctionalInterface
  private interface Product {
    Tensor of(Tensor x, Tensor weight, Tensor bias);
  }

  /// In 64 bits where [OneDnn] would compute it wrongly: there libtorch does by itself.
  private Tensor product(Tensor x, int index, Product product) {
    Tensor weight = weight(index, "weight");
    Tensor bias = weight(index, "bias");
    if (!unsound.contains(index) || !x.is_cpu()) {
      return product.of(x, weight, bias);
    }
    ScalarType wide = ScalarType.Double;
    return product.of(x.to(wide), weight.to(wide), bias.to(wide)).to(ScalarType.Float);
  }

  /// W x + b. In inference with the weights on the left: there OpenBLAS is up to six times faster
  /// for a few rows and by half for many.
  private Tensor dense(Tensor x, Tensor weight, Tensor bias) {
    if (gradients) {
      return torch.linear(x, weight, new TensorOptional(bias));
    }
    return x.size(0) == 1
        ? torch.addmv(bias, weight, x.flatten()).unsqueeze(0)
        : torch.addmm(bias.unsqueeze(1), weight, x.t()).t();
  }

  /// The means of what the neurons of a layer give, in 32 bits; where they are drawn together with
  /// the max pool that follows, of what the pool gives.
  Tensor means(Tensor x, int layer) {
    Neuron neuron = neuron(layer);
    return pool(layer)
        .map(pool -> PooledBits.means(neuron.activation(), x, pool.window()))
        .orElseGet(() -> Functions.mean(neuron, x.to(ScalarType.Float)));
  }

  /// The outputs of the neurons of a layer whose means are `f`, with the gradient of f; f itself is
  /// kept.
  Tensor fire(Tensor f, int layer) {
    return switch (neuron(layer)) {
      case Neuron.PBit pbit -> straightThrough(f, () -> bits(pbit, f, layer));
      case Neuron.Noisy noisy -> f.add(symmetric(f, layer).mul_(new Scalar(noisy.amplitude())));
      case Neuron.Deterministic(Activation activation, int bits, _) ->
          bits == Neuron.Deterministic.FULL
              ? f
              : straightThrough(f, () -> Functions.levels(f, activation.lowest(), (1 << bits) - 1));
    };
  }

  private Tensor straightThrough(Tensor f, Supplier<Tensor> output) {
    return gradients ? withGradientOf(f, output) : output.get();
  }

  /// An output that is differentiated as if it were f.
  static Tensor withGradientOf(Tensor f, Supplier<Tensor> output) {
    Tensor difference;
    try (var _ = new AutoGradMode(false)) {
      difference = output.get().sub_(f);
    }
    return f.add(difference);
  }

  /// 1[u < p], or twice that less 1 for tanh: u in [-1, 1) is below tanh(I) as often.
  private Tensor bits(Neuron.PBit pbit, Tensor f, int layer) {
    return pbit.activation().signed()
        ? symmetric(f, layer).lt_(f).mul_(new Scalar(2)).sub_(new Scalar(1))
        : noise.uniform(f, layer).lt_(f);
  }

  /// Uniform in [-1, 1), in the shape of f.
  private Tensor symmetric(Tensor f, int layer) {
    return noise.uniform(f, layer).mul_(new Scalar(2)).sub_(new Scalar(1));
  }

  private Neuron neuron(int layer) {
    if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
      return neuron;
    }
    throw new IllegalStateException("layer " + layer + " has no neurons");
  }

  private boolean pooled(int layer) {
    return layer != Place.INPUT && pool(layer).isPresent();
  }

  /// The max pool that is drawn together with the p-bits of a layer: it alone reads them, each at
  /// most once.
  private Optional<MaxPool> pool(int layer) {
    return mode == Mode.INFER_POOLED
            && network.layers().get(layer) instanceof Neurons(Neuron.PBit _)
            && readers.single(layer)
            && network.layers().get(readers.of(layer).getFirst()) instanceof MaxPool pool
            && pool.window().tiles()
        ? Optional.of(pool)
        : Optional.empty();
  }

  private Tensor weight(int layer, String name) {
    return weights.get(network.name(layer) + "." + name);
  }

  private TensorOptional optional(int layer, String name) {
    return new TensorOptional(weight(layer, name));
  }
}
