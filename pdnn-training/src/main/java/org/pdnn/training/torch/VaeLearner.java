package org.pdnn.training.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Shape;
import org.pdnn.network.Vae;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Batch;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Processor;
import org.pdnn.training.SampleStrategy;
import org.pdnn.training.VaeResult;

/// A variational auto-encoder in libtorch that learns one batch at a time: encode, draw latent
/// variables, s passes of the decoder, the loss of the average of the s images, one backward pass,
/// one step of Adam (paper, section 3).
///
/// The loss of an image x is the binary cross-entropy of the averaged image y, summed over its
/// values, and the divergence of the latent variables from N(0, 1):
///
///     -sum(x log y + (1 - x) log(1 - y)) - sum(1 + log v - m^2 - v) / 2
///
/// If the decoder's last neurons are random, y is a count k of s bits and may be 0 or 1; there
/// (k + 1/2) / (s + 1) stands for it, the estimator of R. E. Krichevsky and V. K. Trofimov (1981).
///
/// A step is a function of the state before it, the batch and the noise seed, on one machine and
/// for one number of threads. Used by one thread.
public final class VaeLearner implements AutoCloseable {
  /// `at::Reduction::Sum`.
  private static final long SUM = 2;

  private final Vae vae;
  private final int threads;
  private final Device device;
  private final VaePart encoder;
  private final VaePart mean;
  private final VaePart logVariance;
  private final VaePart decoder;
  private final List<VaePart> parts;
  private final Noise noise;
  private final Passes passes;
  private final double learningRate;
  private final Arithmetic arithmetic;
  private final Accelerator accelerator;
  private boolean closed;

  /// @param vae architecture and first weights
  /// @param masks by tensor of the decoder, 0 where a weight never changes
  /// @param hyperparameters of which a step knows the decoder's passes (a deterministic one makes
  ///   one), the learning rate, the scheme and the arithmetic
  /// @param processor steps with another number of threads wait for each other
  public VaeLearner(
      Vae vae,
      Map<String, org.pdnn.network.Tensor> masks,
      Hyperparameters hyperparameters,
      Processor processor) {
    this.vae = vae;
    this.threads = processor.threads();
    this.device = Libtorch.device(processor.accelerator());
    this.encoder = new VaePart(vae.encoder(), Map.of(), device);
    this.mean = new VaePart(vae.mean(), Map.of(), device);
    this.logVariance = new VaePart(vae.logVariance(), Map.of(), device);
    this.decoder = new VaePart(vae.decoder(), masks, device);
    this.parts = List.of(encoder, mean, logVariance, decoder);
    this.noise = new Noise(hyperparameters.scheme(), processor.accelerator() == Accelerator.CPU);
    this.passes =
        new Passes(
            vae.decoder(),
            decoder.parameters,
            SampleStrategy.best(vae.decoder()),
            noise,
            hyperparameters.samples());
    this.learningRate = hyperparameters.learningRate();
    this.arithmetic = hyperparameters.arithmetic();
    this.accelerator = processor.accelerator();
  }

  /// Learns from one batch.
  ///
  /// @param step number of this step, from 1
  /// @param share of the learning rate that this step is made with, 0 to 1
  /// @param noiseSeed seed of this step's noise
  public VaeResult learn(Batch batch, long step, double share, long noiseSeed) {
    requireOpen();
    try (var _ = Threads.use(threads);
        var _ = new PointerScope()) {
      Losses losses = losses(batch, noiseSeed, true);
      parts.forEach(part -> part.parameters.gradients.zero_());
      losses.reconstruction.add(losses.divergence).backward();
      parts.forEach(part -> part.step(step, share * learningRate));
      return losses.result(batch);
    } catch (RuntimeException e) {
      throw new TorchException("make training step " + step, e);
    }
  }

  /// Tests on one batch: nothing is learnt.
  public VaeResult test(Batch batch, long noiseSeed) {
    requireOpen();
    try (var _ = Threads.use(threads);
        var _ = new PointerScope();
        var _ = new AutoGradMode(false)) {
      return losses(batch, noiseSeed, false).result(batch);
    } catch (RuntimeException e) {
      throw new TorchException("test a batch", e);
    }
  }

  private record Losses(Tensor reconstruction, Tensor divergence) {
    VaeResult result(Batch batch) {
      return new VaeResult(reconstruction.item_float(), divergence.item_float(), batch.size());
    }
  }

  private Losses losses(Batch batch, long noiseSeed, boolean training) {
    noise.begin(noiseSeed, passes.samples());
    Tensor x = Inputs.of(vae.encoder().input(), batch.pixels(), device);
    Tensor m;
    Tensor logV;
    Tensor y;
    try (var _ = new Autocast(arithmetic, accelerator)) {
      Tensor features = run(encoder, x, training);
      m = run(mean, features, training).to(ScalarType.Float);
      logV = run(logVariance, features, training).to(ScalarType.Float);
      Tensor z = logV.mul(new Scalar(0.5)).exp().mul(noise.normal(m)).add(m);
      y = likely(passes.mean(z, training, UnaryOperator.identity()));
    }
    Scalar share = new Scalar(1.0 / batch.size());
    return new Losses(
        torch.binary_cross_entropy(y, x, new TensorOptional(), SUM).mul(share),
        divergence(m, logV).mul(share));
  }

  private Tensor run(VaePart part, Tensor x, boolean training) {
    noise.pass(0);
    return new Forward(part.network, part.parameters, noise, training)
        .run(x, 0, part.network.layers().size());
  }

  private static Tensor divergence(Tensor m, Tensor logV) {
    return m.square().add(logV.exp()).sub(logV).sub(new Scalar(1)).sum().mul(new Scalar(0.5));
  }

  /// Brightnesses whose logarithms are finite.
  private Tensor likely(Tensor y) {
    if (!lastIsRandom(vae.decoder())) {
      return y;
    }
    double s = passes.samples();
    return y.mul(new Scalar(s / (s + 1))).add(new Scalar(0.5 / (s + 1)));
  }

  private static boolean lastIsRandom(Network decoder) {
    return decoder.layers().getLast() instanceof Neurons(Neuron neuron) && neuron.random();
  }

  /// The auto-encoder with the weights as they are.
  ///
  /// @throws TorchException if a weight is no longer finite
  public Vae vae() {
    requireOpen();
    Map<String, org.pdnn.network.Tensor> tensors = new LinkedHashMap<>();
    try {
      copy("encoder", encoder, tensors);
      copy("mean", mean, tensors);
      copy("logVariance", logVariance, tensors);
      copy("decoder", decoder, tensors);
      return vae.withTensors(tensors);
    } catch (IllegalArgumentException e) {
      throw TorchException.diverged(e);
    }
  }

  private static void copy(
      String name, VaePart part, Map<String, org.pdnn.network.Tensor> tensors) {
    part.parameters.copy().forEach((key, tensor) -> tensors.put(name + "." + key, tensor));
  }

  /// Adam's running mean of the gradients of all four networks, flat.
  public org.pdnn.network.Tensor gradientMean() {
    return joined(part -> part.adam.mean());
  }

  /// Adam's running mean of their squared gradients, flat.
  public org.pdnn.network.Tensor gradientVariance() {
    return joined(part -> part.adam.variance());
  }

  private org.pdnn.network.Tensor joined(Function<VaePart, float[]> values) {
    requireOpen();
    List<float[]> pieces = parts.stream().map(values).toList();
    float[] all = new float[pieces.stream().mapToInt(piece -> piece.length).sum()];
    int at = 0;
    for (float[] piece : pieces) {
      System.arraycopy(piece, 0, all, at, piece.length);
      at += piece.length;
    }
    try {
      return new org.pdnn.network.Tensor(Shape.of(all.length), all);
    } catch (IllegalArgumentException e) {
      throw TorchException.diverged(e);
    }
  }

  /// Puts Adam back to a state that [#gradientMean] and [#gradientVariance] gave.
  public void restore(float[] means, float[] variances) {
    requireOpen();
    int at = 0;
    for (VaePart part : parts) {
      int size = Math.toIntExact(part.parameters.weights.numel());
      part.adam.restore(
          Arrays.copyOfRange(means, at, at + size),
          Arrays.copyOfRange(variances, at, at + size),
          device);
      at += size;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this learner is closed; make a new one");
    }
  }

  /// Frees what lies in libtorch; a second time does nothing.
  @Override
  public void close() {
    closed = true;
    parts.forEach(VaePart::close);
  }
}
