package org.pdnn.training.torch;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;

/// Passes of a network over whole batches in libtorch, in 32-bit numbers: for measurements that
/// would take hours input by input. Used by one thread.
///
/// Its words are addressed by their place in the batch, not by input: the outputs are those of
/// [org.pdnn.sampling.ReferenceSampler] in distribution, and up to rounding where nothing is
/// random.
public final class BatchSampler implements AutoCloseable {
  private final Evaluation evaluation;
  private final Network network;
  private final FixedWeights weights;
  private final Forward forward;
  private final Noise noise;
  private final int threads;
  private boolean closed;

  /// @param evaluation numbers of samples, scheme, averaging, last hidden layer and outputs
  /// @param threads that an operation may use
  /// @throws IllegalArgumentException if the scheme is stratified
  public BatchSampler(Network network, Evaluation evaluation, int threads) {
    this.evaluation = evaluation;
    this.threads = threads;
    this.noise = new Noise(evaluation.scheme(), threads);
    this.network = Inference.folded(network.handing(evaluation.last()));
    this.weights = new FixedWeights(this.network);
    boolean pooled =
        evaluation.scheme() == Scheme.INDEPENDENT && evaluation.averaging() == Averaging.END;
    this.forward =
        new Forward(
            this.network, weights, noise, pooled ? Forward.Mode.INFER_POOLED : Forward.Mode.INFER);
  }

  /// The averages of the first T passes over a batch, for each T of the evaluation; the outputs of
  /// one pass if nothing is random.
  ///
  /// @param inputs one input after the other
  /// @param seed of all noise of this batch
  /// @return by number of samples: the outputs, one input after the other
  public float[][] averages(float[] inputs, long seed) {
    if (closed) {
      throw new IllegalStateException("this sampler is closed; make a new one");
    }
    try (var _ = Threads.use(threads);
        var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      Tensor x = Inputs.of(network.input(), inputs);
      if (!network.random()) {
        return new float[][] {array(averaged(forward.run(x)))};
      }
      return switch (evaluation.averaging()) {
        case END -> atTheEnd(x, seed);
        case LAYER -> layerByLayer(x, seed);
      };
    } catch (RuntimeException e) {
      throw new TorchException("sample a batch", e);
    }
  }

  private float[][] atTheEnd(Tensor x, long seed) {
    List<Integer> samples = evaluation.samples();
    Forward.Shared shared = forward.enter(x);
    noise.begin(seed);
    Tensor sum = torch.zeros(new long[] {x.size(0), network.output().size()});
    float[][] averages = new float[samples.size()][];
    for (int sample = 0; sample < samples.getLast(); sample++) {
      try (var _ = new PointerScope()) {
        noise.pass(sample);
        sum.add_(averaged(forward.pass(shared).reshape(x.size(0), -1)));
        int point = samples.indexOf(sample + 1);
        if (point >= 0) {
          averages[point] = array(sum.div(new Scalar(sample + 1)));
        }
      }
    }
    return averages;
  }

  private float[][] layerByLayer(Tensor x, long seed) {
    return evaluation.samples().stream()
        .map(samples -> {
          try (var _ = new PointerScope()) {
            noise.begin(seed);
            Tensor y =
                forward.run(
                    x,
                    (layer, values) ->
                        random(layer)
                            ? mean(forward.read(values, layer), layer, samples)
                            : forward.run(values, layer));
            return array(averaged(y));
          }
        })
        .toArray(float[][]::new);
  }

  private boolean random(int layer) {
    return network.layers().get(layer) instanceof Neurons(Neuron neuron) && neuron.random();
  }

  /// The mean of so many draws of a layer's neurons.
  private Tensor mean(Tensor x, int layer, int samples) {
    Tensor f = forward.means(x, layer);
    Tensor sum = torch.zeros_like(f);
    for (int sample = 0; sample < samples; sample++) {
      try (var _ = new PointerScope()) {
        noise.pass(sample);
        sum.add_(forward.fire(f, layer));
      }
    }
    return sum.div_(new Scalar(samples));
  }

  private Tensor averaged(Tensor y) {
    return evaluation.outputs() == Outputs.LOGITS ? y : y.softmax(1);
  }

  private static float[] array(Tensor tensor) {
    return Parameters.array(tensor.contiguous());
  }

  /// Frees what lies in libtorch; a second time does nothing.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      weights.close();
    }
  }
}
