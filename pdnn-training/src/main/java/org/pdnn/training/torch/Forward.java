package org.pdnn.training.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
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
/// In inference a value is freed after its last reader, and what a layer made on the way to it at
/// once. In learning gradients need nearly all of them: the scope frees them.
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
  private final Mode mode;
  private final boolean gradients;
  private final Firing firing;
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
    this.mode = mode;
    this.drawn = network.drawn();
    this.readers = Readers.of(network);
    this.gradients = mode == Mode.LEARN || mode == Mode.TEST;
    this.firing = new Firing(network, noise, mode == Mode.INFER_POOLED);
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
      put(values, layer, step);
      drop(values, layer, from -> from != Place.INPUT);
    }
    return last(values);
  }

  /// Computes what does not depend on a draw.
  Shared enter(Tensor batch) {
    Map<Integer, Tensor> values = new HashMap<>(Map.of(Place.INPUT, batch));
    Map<Integer, Tensor> means = new HashMap<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (!drawn[layer]) {
        put(values, layer, (at, read) -> run(read, at));
      } else if (drawsFirst(layer)) {
        int at = layer;
        means.put(layer, kept(() -> means(read(values, at), at)));
      } else {
        continue;
      }
      drop(values, layer, from -> from != Place.INPUT && !drawn[from] && !readInPasses(from));
    }
    values.keySet().removeIf(layer -> !readInPasses(layer));
    return new Shared(values, means);
  }

  /// Whether a layer's neurons draw by means that all passes share.
  private boolean drawsFirst(int layer) {
    int read = network.reads(layer).getFirst();
    return drawn[layer]
        && network.layers().get(layer) instanceof Neurons
        && (read == Place.INPUT || !drawn[read]);
  }

  private boolean readInPasses(int layer) {
    return readers.of(layer).stream().anyMatch(reader -> drawn[reader] && !drawsFirst(reader));
  }

  /// One pass, or several side by side: draws the neurons and runs what depends on them.
  Tensor pass(Shared shared) {
    Map<Integer, Tensor> values = new HashMap<>(shared.values);
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (drawn[layer]) {
        Tensor means = shared.means.get(layer);
        put(values, layer, (at, read) -> means == null ? run(read, at) : fire(means, at));
        drop(values, layer, from -> from != Place.INPUT && drawn[from]);
      }
    }
    return last(values);
  }

  private void put(Map<Integer, Tensor> values, int layer, Step step) {
    values.put(layer, kept(() -> step.of(layer, values)));
  }

  /// What is computed, which the scope around keeps, while in inference what it was computed by is
  /// freed.
  private Tensor kept(Supplier<Tensor> computed) {
    if (gradients) {
      return computed.get();
    }
    PointerScope around = PointerScope.getInnerScope();
    try (var _ = new PointerScope()) {
      // What operations in place give belongs to their operand, which the scope frees.
      Tensor value = new Tensor(computed.get());
      around.attach(value);
      return value;
    }
  }

  /// Frees the values that a layer was the last to read.
  ///
  /// @param own whether a value is the run's to free
  private void drop(Map<Integer, Tensor> values, int layer, IntPredicate own) {
    for (int from : Set.copyOf(network.reads(layer))) {
      if (!gradients && readers.last(from) == layer && own.test(from)) {
        PointerScope.getInnerScope().detach(Objects.requireNonNull(values.remove(from)));
      }
    }
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
      case MaxPool _ when firing.pooled(network.reads(index).getFirst()) -> x;
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

  /// In 64 bits where [OneDnn] would compute it wrongly: there libtorch does by itself. In
  /// inference in the numbers of the weights; in training autocast sees to them.
  private Tensor product(Tensor x, int index, Product product) {
    Tensor weight = weight(index, "weight");
    Tensor bias = weight(index, "bias");
    if (!unsound.contains(index) || !x.is_cpu()) {
      return product.of(gradients ? x : x.to(weight.scalar_type()), weight, bias);
    }
    ScalarType wide = ScalarType.Double;
    return product.of(x.to(wide), weight.to(wide), bias.to(wide)).to(weight.scalar_type());
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

  /// The means of what the neurons of a layer give, see [Firing#means].
  Tensor means(Tensor x, int layer) {
    return firing.means(x, layer);
  }

  /// The outputs of the neurons of a layer by their means, see [Firing#fire].
  Tensor fire(Tensor f, int layer) {
    return firing.fire(f, layer);
  }

  private Tensor weight(int layer, String name) {
    return weights.get(network.name(layer) + "." + name);
  }

  private TensorOptional optional(int layer, String name) {
    return new TensorOptional(weight(layer, name));
  }
}
