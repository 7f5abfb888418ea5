package org.pdnn.training.torch;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.training.SampleStrategy;

/// The mean of what s passes of a network give for a batch, with gradients where they are on.
final class Passes {
  private final Network network;
  private final Parameters parameters;
  private final SampleStrategy strategy;
  private final Noise noise;
  private final int samples;

  /// @param samples s; deterministic networks make one pass
  Passes(
      Network network, Parameters parameters, SampleStrategy strategy, Noise noise, int samples) {
    this.network = network;
    this.parameters = parameters;
    this.strategy = network.random() ? strategy : SampleStrategy.WHOLE;
    this.noise = noise;
    this.samples = network.random() ? samples : 1;
  }

  /// Passes made.
  int samples() {
    return samples;
  }

  /// Runs the passes of a batch; the noise must have begun its step.
  ///
  /// @param training batch norms use the batch's statistics and update the running ones
  /// @param averaged what is averaged, of a pass's output in 32 bits
  Tensor mean(Tensor x, boolean training, UnaryOperator<Tensor> averaged) {
    Forward forward = new Forward(network, parameters, noise, training);
    return switch (strategy) {
      case WHOLE -> loop(forward, x, 0, averaged);
      case LOOP -> {
        int first = network.firstRandomLayer();
        yield loop(forward, forward.run(x, 0, first), first, averaged);
      }
      case REPLICATE -> replicate(forward, x, averaged);
    };
  }

  /// The mean of what s runs of the layers from `first` on give.
  private Tensor loop(Forward forward, Tensor x, int first, UnaryOperator<Tensor> averaged) {
    int last = network.layers().size();
    boolean begun = first > 0;
    Tensor f = begun ? mean(x, first) : x;
    Tensor sum = null;
    for (int sample = 0; sample < samples; sample++) {
      noise.pass(sample);
      Tensor y =
          begun
              ? forward.run(forward.fire(neuron(first), f, first), first + 1, last)
              : forward.run(f, 0, last);
      Tensor one = averaged.apply(y.to(ScalarType.Float));
      sum = sum == null ? one : sum.add(one);
    }
    if (sum == null) {
      throw new IllegalStateException("no samples");
    }
    return samples == 1 ? sum : sum.div(new Scalar(samples));
  }

  private Tensor replicate(Forward forward, Tensor x, UnaryOperator<Tensor> averaged) {
    noise.allPasses();
    int first = network.firstRandomLayer();
    Tensor f = mean(forward.run(x, 0, first), first);
    long[] expanded = among(samples, f.shape());
    long[] flat = f.shape().clone();
    flat[0] *= samples;
    Tensor many = f.unsqueeze(0).expand(expanded).reshape(flat);
    Tensor y =
        forward.run(forward.fire(neuron(first), many, first), first + 1, network.layers().size());
    Tensor all = averaged.apply(y.to(ScalarType.Float));
    long[] one = all.shape().clone();
    one[0] = f.size(0);
    return all.reshape(among(samples, one)).mean(0);
  }

  /// A shape with one more dimension in front.
  private static long[] among(long count, long[] shape) {
    long[] more = new long[shape.length + 1];
    more[0] = count;
    System.arraycopy(shape, 0, more, 1, shape.length);
    return more;
  }

  private Tensor mean(Tensor preActivation, int layer) {
    return Forward.mean(neuron(layer).activation(), preActivation.to(ScalarType.Float));
  }

  private Neuron neuron(int layer) {
    if (network.layers().get(layer) instanceof Neurons(Neuron neuron)) {
      return neuron;
    }
    throw new IllegalStateException("layer " + layer + " has no neurons");
  }
}
