package org.pdnn.training.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Activation;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.Shape;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.training.WeightForm;

/// One batch through a range of layers, with gradients where they are on.
///
/// Random and quantised neurons are differentiated straight through (paper, section 3): forward
/// they give `f + d` with `d = output - f` held constant, so that backward they are f.
final class Forward {
  private static final long[] ONCE = {1, 1};
  private static final long[] NONE = {0, 0};
  private static final double MOMENTUM = 0.1;

  private final Network network;
  private final Parameters parameters;
  private final Noise noise;
  private final boolean training;

  /// The one-bit weights by layer, made once for all passes.
  private final Map<Integer, Tensor> binary = new HashMap<>();

  /// @param training batch norms use the batch's statistics and update the running ones
  Forward(Network network, Parameters parameters, Noise noise, boolean training) {
    this.network = network;
    this.parameters = parameters;
    this.noise = noise;
    this.training = training;
  }

  /// Runs the layers `from` to `to` - 1 on a batch.
  Tensor run(Tensor batch, int from, int to) {
    Tensor x = batch;
    for (int layer = from; layer < to; layer++) {
      x = run(x, layer);
    }
    return x;
  }

  private Tensor run(Tensor x, int index) {
    return switch (network.layers().get(index)) {
      case Dense dense -> torch.linear(x, weight(index), bias(index));
      case Convolution layer ->
          torch.conv2d(
              x, weight(index), bias(index), pair(layer.stride()), pair(layer.padding()), ONCE, 1);
      case TransposedConvolution layer ->
          torch.conv_transpose2d(
              x,
              weight(index),
              bias(index),
              pair(layer.stride()),
              pair(layer.padding()),
              NONE,
              1,
              ONCE);
      case BatchNorm norm ->
          torch.batch_norm(
              x,
              new TensorOptional(weight(index)),
              bias(index),
              new TensorOptional(parameters.get(index, "running_mean")),
              new TensorOptional(parameters.get(index, "running_var")),
              training,
              MOMENTUM,
              norm.epsilon(),
              false);
      case MaxPool pool ->
          torch.max_pool2d(x, pair(pool.size()), pair(pool.size()), NONE, ONCE, false);
      case AveragePool pool -> averagePool(x, pool);
      case Flatten flatten -> x.flatten(1, -1);
      case Reshape reshape -> {
        var dimensions = reshape.shape().dimensions();
        long[] shape = new long[dimensions.size() + 1];
        shape[0] = x.size(0);
        for (int i = 1; i < shape.length; i++) {
          shape[i] = dimensions.get(i - 1);
        }
        yield x.reshape(shape);
      }
      case Neurons(Neuron neuron) ->
          fire(neuron, mean(neuron.activation(), x.to(ScalarType.Float)), index);
    };
  }

  /// The mean of each square.
  static Tensor averagePool(Tensor x, AveragePool pool) {
    return torch.avg_pool2d(
        x, pair(pool.size()), pair(pool.size()), NONE, false, true, new LongOptional());
  }

  /// The activation, without noise or levels.
  static Tensor mean(Activation activation, Tensor x) {
    return switch (activation) {
      case IDENTITY -> x;
      case RELU -> x.relu();
      case SIGMOID -> x.sigmoid();
      case TANH -> x.tanh();
      // Its gradient is 1 from 0 to 1 and 0 beyond.
      case CLIP -> x.clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
    };
  }

  /// The output of the neurons of a layer whose activation is `f`, with the gradient of f.
  Tensor fire(Neuron neuron, Tensor f, int layer) {
    return switch (neuron) {
      case Neuron.PBit pbit -> straightThrough(f, bits(pbit, f, layer));
      case Neuron.Noisy noisy -> f.add(signed(f, layer).mul_(new Scalar(noisy.amplitude())));
      case Neuron.Deterministic(Activation activation, int bits) ->
          bits == Neuron.Deterministic.FULL
              ? f
              : straightThrough(f, levels(f, activation.lowest(), (1 << bits) - 1));
    };
  }

  private static Tensor straightThrough(Tensor f, Tensor output) {
    try (var _ = new AutoGradMode(false)) {
      output.sub_(f);
    }
    return f.add(output);
  }

  /// 1[u < p], or twice that less 1 for tanh: u in [-1, 1) is below tanh(I) as often.
  private Tensor bits(Neuron.PBit pbit, Tensor f, int layer) {
    try (var _ = new AutoGradMode(false)) {
      return pbit.activation().signed()
          ? signed(f, layer).lt_(f).mul_(new Scalar(2)).sub_(new Scalar(1))
          : noise.uniform(f, layer).lt_(f);
    }
  }

  /// Uniform in [-1, 1), in the shape of f.
  private Tensor signed(Tensor f, int layer) {
    try (var _ = new AutoGradMode(false)) {
      return noise.uniform(f, layer).mul_(new Scalar(2)).sub_(new Scalar(1));
    }
  }

  /// f rounded to `steps` + 1 uniform levels from `low` to 1.
  static Tensor levels(Tensor f, double low, double steps) {
    try (var _ = new AutoGradMode(false)) {
      double range = 1 - low;
      return f.sub(new Scalar(low))
          .mul_(new Scalar(steps / range))
          .add_(new Scalar(0.5))
          .floor_()
          .mul_(new Scalar(range / steps))
          .add_(new Scalar(low));
    }
  }

  private Tensor weight(int layer) {
    Tensor weight = parameters.get(layer, "weight");
    return parameters.form() == WeightForm.BINARY && weight.dim() > 1
        ? binary.computeIfAbsent(layer, _ -> signs(weight, layer))
        : weight;
  }

  /// The weights' signs times the scale of their layer, with the gradient of the weights.
  private Tensor signs(Tensor weight, int layer) {
    Shape shape =
        Objects.requireNonNull(network.layers().get(layer).tensors().get("weight")).shape();
    Scalar scale = new Scalar(WeightForm.scale(shape));
    Tensor signs;
    try (var _ = new AutoGradMode(false)) {
      signs = weight.ge(new Scalar(0)).to(ScalarType.Float).mul_(new Scalar(2));
      signs.sub_(new Scalar(1)).mul_(scale);
    }
    return straightThrough(weight, signs);
  }

  private TensorOptional bias(int layer) {
    return new TensorOptional(parameters.get(layer, "bias"));
  }

  private static long[] pair(long value) {
    return new long[] {value, value};
  }
}
