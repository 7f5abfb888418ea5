package org.pdnn.training.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.pdnn.network.Activation;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.MoveNeuronsBehindPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;

/// Batches through a network without gradients, as fast as libtorch can on a CPU: batch norms
/// folded, deterministic neurons behind their max pools, images channels-last. Used by one thread,
/// inside a scope.
final class FoldedForward implements AutoCloseable {
  private static final long[] ONCE = {1, 1};
  private static final long[] NONE = {0, 0};

  private final Network network;
  private final Noise noise;
  private final boolean poolsBits;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final List<Tensor> held = new ArrayList<>();

  /// @param noise begun by the caller for each batch
  /// @param poolsBits whether the p-bits under a max pool are drawn as one: the same distribution
  ///   of independent passes, with fewer random numbers
  FoldedForward(Network network, Noise noise, boolean poolsBits) {
    this.network = MoveNeuronsBehindPool.apply(FoldBatchNorm.apply(network));
    this.noise = noise;
    this.poolsBits = poolsBits;
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      this.network.tensors().forEach(this::keep);
    }
  }

  private void keep(String name, org.pdnn.network.Tensor tensor) {
    long[] dimensions = tensor.shape().dimensions().stream().mapToLong(n -> n).toArray();
    Tensor copy = torch.from_blob(new FloatPointer(tensor.toArray()), dimensions).clone();
    weights.put(name, hold(dimensions.length == 4 ? channelsLast(copy) : copy));
  }

  private Tensor hold(Tensor tensor) {
    tensor.retainReference();
    held.add(tensor);
    return tensor;
  }

  /// The network that is run.
  Network network() {
    return network;
  }

  /// The neurons of a layer.
  Neuron neuron(int layer) {
    if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
      return neuron;
    }
    throw new IllegalStateException("layer " + layer + " has no neurons");
  }

  /// Inputs one behind the other as a batch, in memory of its own.
  static Tensor input(Shape shape, float[] values) {
    long[] dimensions = new long[shape.rank() + 1];
    dimensions[0] = values.length / shape.size();
    for (int i = 1; i < dimensions.length; i++) {
      dimensions[i] = shape.dimension(i - 1);
    }
    Tensor x = torch.from_blob(new FloatPointer(values), dimensions).clone();
    return shape.rank() == 3 ? channelsLast(x) : x;
  }

  static Tensor channelsLast(Tensor x) {
    return x.contiguous(MemoryFormat.ChannelsLast);
  }

  /// Runs the layers `from` to `to` - 1 on a batch, drawing what is random.
  Tensor run(Tensor batch, int from, int to) {
    Tensor x = batch;
    int layer = from;
    while (layer < to) {
      if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
        x = draw(neuron, beforeDraw(neuron, x, layer), layer);
        layer = afterDraw(layer);
      } else {
        x = run(network.layers().get(layer), x, layer);
        layer++;
      }
    }
    return x;
  }

  /// The max pool that is drawn together with the p-bits of a layer.
  private Optional<MaxPool> pooled(int layer) {
    return poolsBits
            && layer + 1 < network.layers().size()
            && network.layers().get(layer) instanceof Neurons(Neuron.PBit _)
            && network.layers().get(layer + 1) instanceof MaxPool pool
        ? Optional.of(pool)
        : Optional.empty();
  }

  /// The layer that reads what was drawn.
  int afterDraw(int layer) {
    return layer + (pooled(layer).isPresent() ? 2 : 1);
  }

  /// The means of a layer's outputs. The bits under a max pool are drawn as one: the largest is up
  /// unless all are down, with probability 1 - prod (1 - p).
  Tensor beforeDraw(Neuron neuron, Tensor x, int layer) {
    if (pooled(layer).isEmpty()) {
      return Forward.mean(neuron.activation(), x);
    }
    int size = pooled(layer).get().size();
    Tensor down = down(neuron.activation(), x);
    Tensor up = product(product(down, 2, size), 3, size).neg_().add_(new Scalar(1));
    return neuron.activation().signed() ? up.mul_(new Scalar(2)).sub_(new Scalar(1)) : up;
  }

  /// P(b is down) of p-bits.
  private static Tensor down(Activation activation, Tensor x) {
    return switch (activation) {
      case SIGMOID -> x.neg().sigmoid_();
      case TANH -> x.mul(new Scalar(-2)).sigmoid_();
      case CLIP -> Forward.mean(activation, x).neg_().add_(new Scalar(1));
      case IDENTITY, RELU -> throw new IllegalStateException("p-bits have no mean " + activation);
    };
  }

  /// The product of each `size` neighbours in one dimension; an incomplete rest is dropped.
  private static Tensor product(Tensor x, int dimension, int size) {
    long length = x.size(dimension) / size * size;
    Tensor product = every(x, dimension, 0, length, size);
    for (int offset = 1; offset < size; offset++) {
      product = product.mul(every(x, dimension, offset, length, size));
    }
    return product;
  }

  private static Tensor every(Tensor x, int dimension, long from, long to, long step) {
    return x.slice(dimension, new LongOptional(from), new LongOptional(to), step);
  }

  private Tensor run(Layer layer, Tensor x, int index) {
    return switch (layer) {
      case Dense _ -> dense(x, weight(index, "weight"), weight(index, "bias"));
      case Convolution convolution ->
          torch.conv2d(
              x,
              weight(index, "weight"),
              new TensorOptional(weight(index, "bias")),
              pair(convolution.stride()),
              pair(convolution.padding()),
              ONCE,
              1);
      case TransposedConvolution convolution ->
          torch.conv_transpose2d(
              x,
              weight(index, "weight"),
              new TensorOptional(weight(index, "bias")),
              pair(convolution.stride()),
              pair(convolution.padding()),
              NONE,
              1,
              ONCE);
      case BatchNorm norm ->
          torch.batch_norm(
              x,
              new TensorOptional(weight(index, "weight")),
              new TensorOptional(weight(index, "bias")),
              new TensorOptional(weight(index, "running_mean")),
              new TensorOptional(weight(index, "running_var")),
              false,
              0,
              norm.epsilon(),
              false);
      case MaxPool pool ->
          torch.max_pool2d(x, pair(pool.size()), pair(pool.size()), NONE, ONCE, false);
      case AveragePool pool -> Forward.averagePool(x, pool);
      case Flatten _ -> x.flatten(1, -1);
      case Reshape(Shape shape) -> {
        long[] dimensions = new long[shape.rank() + 1];
        dimensions[0] = x.size(0);
        for (int i = 1; i < dimensions.length; i++) {
          dimensions[i] = shape.dimension(i - 1);
        }
        yield x.reshape(dimensions);
      }
      case Neurons _ -> throw new IllegalStateException("neurons are drawn, with what pools them");
    };
  }

  /// W x + b, as the matrix times a vector or times the columns of the batch: with the weights on
  /// the left, OpenBLAS is up to six times faster for a few rows and by half for many.
  private static Tensor dense(Tensor x, Tensor weight, Tensor bias) {
    return x.size(0) == 1
        ? torch.addmv(bias, weight, x.flatten()).unsqueeze(0)
        : torch.addmm(bias.unsqueeze(1), weight, x.t()).t();
  }

  /// The outputs of neurons whose activation is `f`; f itself is kept.
  Tensor draw(Neuron neuron, Tensor f, int layer) {
    return switch (neuron) {
      case Neuron.PBit pbit ->
          pbit.activation().signed()
              ? symmetric(f, layer).lt_(f).mul_(new Scalar(2)).sub_(new Scalar(1))
              : noise.uniform(f, layer).lt_(f);
      case Neuron.Noisy noisy -> symmetric(f, layer).mul_(new Scalar(noisy.amplitude())).add_(f);
      case Neuron.Deterministic(Activation activation, int bits) ->
          bits == Neuron.Deterministic.FULL
              ? f
              : Forward.levels(f, activation.lowest(), (1 << bits) - 1);
    };
  }

  /// Uniform in [-1, 1), in the shape of f.
  private Tensor symmetric(Tensor f, int layer) {
    return noise.uniform(f, layer).mul_(new Scalar(2)).sub_(new Scalar(1));
  }

  private Tensor weight(int layer, String name) {
    Tensor tensor = weights.get(layer + "." + name);
    if (tensor == null) {
      throw new IllegalStateException("layer " + layer + " has no tensor '" + name + "'");
    }
    return tensor;
  }

  private static long[] pair(long value) {
    return new long[] {value, value};
  }

  /// Frees the tensors; a second time does nothing.
  @Override
  public void close() {
    held.forEach(Tensor::releaseReference);
    held.clear();
  }
}
