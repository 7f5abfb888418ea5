package org.pdnn.training.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Convolution;
import org.pdnn.network.FloatRows;
import org.pdnn.network.FoldBatchNorm;
import org.pdnn.network.MoveNeuronsAfterPool;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.training.Arithmetic;

/// A network in libtorch that answers one fixed batch again and again, as fast as libtorch can on a
/// CPU: batch norms folded, deterministic neurons after their max pools, images channels-last.
///
/// What lies before the first random neuron is computed once; then come T passes, as many of them
/// side by side as make a batch that libtorch likes. Used by one thread.
public final class Inference implements AutoCloseable {
  /// Images that go through a convolution together: more leave the caches.
  private static final int IMAGES_TOGETHER = 64;

  private final Network network;
  private final FixedWeights weights;
  private final Forward forward;
  private final Held held = new Held();
  private final Noise noise;
  private final int samples;
  private final long seed;
  private final int threads;
  private final int batch;
  private final int together;
  private final Tensor input;
  private float[] outputs = new float[0];
  private boolean closed;

  /// @param samples T; deterministic networks make one pass
  /// @param inputs the batch
  /// @param seed of the noise, the same in every run
  /// @param threads that an operation may use
  public Inference(Network network, int samples, float[][] inputs, long seed, int threads) {
    this(network, samples, inputs, seed, threads, Arithmetic.FLOAT32);
  }

  /// A deterministic network, computed throughout in the numbers of an arithmetic.
  ///
  /// @throws IllegalArgumentException if the network is random: p-bits draw in 32 bits
  public static Inference of(
      Network network, float[][] inputs, int threads, Arithmetic arithmetic) {
    if (network.random()) {
      throw new IllegalArgumentException(
          "only deterministic networks are computed in " + arithmetic);
    }
    return new Inference(network, 1, inputs, 0, threads, arithmetic);
  }

  private Inference(
      Network network,
      int samples,
      float[][] inputs,
      long seed,
      int threads,
      Arithmetic arithmetic) {
    ScalarType type =
        switch (arithmetic) {
          case FLOAT32 -> ScalarType.Float;
          case BFLOAT16 -> ScalarType.BFloat16;
        };
    this.network = folded(network);
    this.weights = new FixedWeights(this.network, type);
    this.noise = new Noise(Scheme.INDEPENDENT, threads);
    this.forward = new Forward(this.network, weights, noise, Forward.Mode.INFER_POOLED, arithmetic);
    this.samples = network.random() ? samples : 1;
    this.seed = seed;
    this.threads = threads;
    this.batch = inputs.length;
    boolean images = network.layers().stream().anyMatch(Convolution.class::isInstance);
    this.together = images ? Math.clamp(IMAGES_TOGETHER / batch, 1, this.samples) : this.samples;
    try (var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      this.input = held.keep(Inputs.of(network.input(), FloatRows.flat(inputs)).clone().to(type));
    }
  }

  /// The network as libtorch runs it fastest: batch norms folded, deterministic neurons after their
  /// max pools.
  static Network folded(Network network) {
    return MoveNeuronsAfterPool.apply(FoldBatchNorm.apply(network));
  }

  /// Runs the batch.
  public void run() {
    if (closed) {
      throw new IllegalStateException("the inference is closed");
    }
    try (var _ = Threads.use(threads);
        var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      Tensor result = mean().to(ScalarType.Float);
      float[] values = new float[Math.toIntExact(result.numel())];
      result.contiguous().data_ptr_float().get(values);
      outputs = values;
    } catch (RuntimeException e) {
      throw new TorchException("run a batch", e);
    }
  }

  /// The last run's outputs, averaged over the passes, one row per input.
  public float[][] outputs() {
    return FloatRows.of(outputs, batch);
  }

  private Tensor mean() {
    if (!network.random()) {
      return forward.run(input);
    }
    noise.begin(seed);
    Forward.Shared shared = forward.enter(input).each(x -> Inputs.repeated(x, together));
    Tensor sum = torch.zeros(new long[] {batch, network.output().size()});
    for (int done = 0; done < samples; done += together) {
      int now = Math.min(together, samples - done);
      noise.passes(done, now);
      try (var _ = new PointerScope()) {
        Forward.Shared some =
            now == together ? shared : shared.each(x -> x.narrow(0, 0, (long) now * batch));
        sum.add_(forward.pass(some).reshape(now, batch, -1).sum(0));
      }
    }
    return sum.div_(new Scalar((double) samples));
  }

  /// Frees the tensors; a second time does nothing.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      held.close();
      weights.close();
    }
  }
}
