package org.pdnn.training.torch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
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

/// A network in libtorch that answers one fixed batch again and again, as fast as libtorch can on a
/// CPU: batch norms folded, deterministic neurons behind their max pools, images channels-last.
///
/// What lies before the first random neuron is computed once; then come T passes, as many of them
/// side by side as make a batch that libtorch likes. Used by one thread.
public final class Inference implements AutoCloseable {
  /// Images that go through a convolution together: more leave the caches.
  private static final int IMAGES_TOGETHER = 64;

  private static final long[] ONCE = {1, 1};
  private static final long[] NONE = {0, 0};

  private final Network network;
  private final int samples;
  private final long seed;
  private final int threads;
  private final int batch;
  private final int together;
  private final Tensor input;
  private final Map<String, Tensor> weights = new LinkedHashMap<>();
  private final List<Tensor> held = new ArrayList<>();
  private final Generator generator;
  private float[] outputs = new float[0];
  private boolean closed;

  /// @param samples T; deterministic networks make one pass
  /// @param inputs the batch
  /// @param seed of the noise, the same in every run
  /// @param threads that an operation may use
  public Inference(Network network, int samples, float[][] inputs, long seed, int threads) {
    Libtorch.load();
    this.network = MoveNeuronsBehindPool.apply(FoldBatchNorm.apply(network));
    this.samples = network.random() ? samples : 1;
    this.seed = seed;
    this.threads = threads;
    this.batch = inputs.length;
    boolean images = network.layers().stream().anyMatch(Convolution.class::isInstance);
    this.together = images ? Math.clamp(IMAGES_TOGETHER / batch, 1, this.samples) : this.samples;
    this.generator = torch.make_generator_cpu();
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      this.input = hold(input(network.input(), inputs));
      this.network.tensors().forEach(this::keep);
    }
  }

  private static Tensor input(Shape shape, float[][] inputs) {
    float[] flat = new float[inputs.length * shape.size()];
    for (int i = 0; i < inputs.length; i++) {
      System.arraycopy(inputs[i], 0, flat, i * shape.size(), shape.size());
    }
    long[] dimensions = new long[shape.rank() + 1];
    dimensions[0] = inputs.length;
    for (int i = 1; i < dimensions.length; i++) {
      dimensions[i] = shape.dimension(i - 1);
    }
    return torch.from_blob(new FloatPointer(flat), dimensions).clone();
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

  /// Runs the batch.
  public void run() {
    if (closed) {
      throw new IllegalStateException("the inference is closed");
    }
    try (var _ = Threads.use(threads);
        var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      Tensor result = mean();
      float[] values = new float[Math.toIntExact(result.numel())];
      result.contiguous().data_ptr_float().get(values);
      outputs = values;
    } catch (RuntimeException e) {
      throw new TorchException("run a batch", e);
    }
  }

  /// The last run's outputs, averaged over the passes, one row an input.
  public float[][] outputs() {
    float[][] rows = new float[batch][outputs.length / batch];
    for (int row = 0; row < batch; row++) {
      System.arraycopy(outputs, row * rows[row].length, rows[row], 0, rows[row].length);
    }
    return rows;
  }

  private Tensor mean() {
    int first = network.firstRandomLayer();
    int end = network.layers().size();
    Tensor x = run(network.input().rank() == 3 ? channelsLast(input) : input, 0, first);
    if (first == end) {
      return x;
    }
    if (!(network.layers().get(first) instanceof Neurons(Neuron neuron))) {
      throw new IllegalStateException("layer " + first + " has no neurons");
    }
    generator.set_current_seed(seed);
    int next = afterDraw(first);
    Tensor f = repeated(beforeDraw(neuron, x, first), together);
    Tensor sum = torch.zeros(new long[] {batch, network.output().size()});
    for (int done = 0; done < samples; done += together) {
      int now = Math.min(together, samples - done);
      try (var _ = new PointerScope()) {
        Tensor all = now == together ? f : f.narrow(0, 0, (long) now * batch);
        Tensor y = run(draw(neuron, all), next, end);
        sum.add_(y.reshape(now, batch, -1).sum(0));
      }
    }
    return sum.div_(new Scalar((double) samples));
  }

  /// The batch so many times, one behind the other.
  private static Tensor repeated(Tensor x, int times) {
    if (times == 1) {
      return x;
    }
    long[] repeats = new long[(int) x.dim()];
    Arrays.fill(repeats, 1);
    repeats[0] = times;
    Tensor all = x.repeat(repeats);
    return x.dim() == 4 ? channelsLast(all) : all;
  }

  private static Tensor channelsLast(Tensor x) {
    return x.contiguous(MemoryFormat.ChannelsLast);
  }

  private Tensor run(Tensor batch, int from, int to) {
    Tensor x = batch;
    int layer = from;
    while (layer < to) {
      if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
        x = draw(neuron, beforeDraw(neuron, x, layer));
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
    return layer + 1 < network.layers().size()
            && network.layers().get(layer) instanceof Neurons(Neuron.PBit _)
            && network.layers().get(layer + 1) instanceof MaxPool pool
        ? Optional.of(pool)
        : Optional.empty();
  }

  private int afterDraw(int layer) {
    return layer + (pooled(layer).isPresent() ? 2 : 1);
  }

  /// The means of a layer's outputs. The bits under a max pool are drawn as one: the largest is up
  /// unless all are down, with probability 1 - prod (1 - p).
  private Tensor beforeDraw(Neuron neuron, Tensor x, int layer) {
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
  private Tensor draw(Neuron neuron, Tensor f) {
    return switch (neuron) {
      case Neuron.PBit pbit ->
          pbit.activation().signed()
              ? symmetric(f).lt_(f).mul_(new Scalar(2)).sub_(new Scalar(1))
              : uniform(f).lt_(f);
      case Neuron.Noisy noisy -> symmetric(f).mul_(new Scalar(noisy.amplitude())).add_(f);
      case Neuron.Deterministic(Activation activation, int bits) ->
          bits == Neuron.Deterministic.FULL
              ? f
              : Forward.levels(f, activation.lowest(), (1 << bits) - 1);
    };
  }

  /// Uniform in [0, 1), in the shape of f.
  private Tensor uniform(Tensor f) {
    return torch.rand_like(f, new GeneratorOptional(generator));
  }

  /// Uniform in [-1, 1), in the shape of f.
  private Tensor symmetric(Tensor f) {
    return uniform(f).mul_(new Scalar(2)).sub_(new Scalar(1));
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
    if (!closed) {
      closed = true;
      held.forEach(Tensor::releaseReference);
      generator.close();
    }
  }
}
