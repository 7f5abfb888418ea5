package org.pdnn.training.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Vae;
import org.pdnn.training.Batch;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Processor;
import org.pdnn.training.RandomNumbers;
import org.pdnn.training.SampleStrategy;
import org.pdnn.training.VaeResult;
import org.pdnn.training.WeightForm;

/// A variational auto-encoder that learns: it encodes a batch, draws latent variables and averages
/// s images that the decoder makes of them.
///
/// The loss of an image x is the binary cross-entropy of the averaged image y, summed over its
/// values, and the divergence of the latent variables from N(0, 1):
///
///     -sum(x log y + (1 - x) log(1 - y)) - sum(1 + log v - m^2 - v) / 2
///
/// If the decoder's last neurons are random, y is a count k of s bits and may be 0 or 1; there
/// (k + 1/2) / (s + 1) stands for it, the estimator of R. E. Krichevsky and V. K. Trofimov (1981).
public final class VaeLearner extends Learner<Vae, VaeResult> {
  /// `at::Reduction::Sum`.
  private static final long SUM = 2;

  private final Vae vae;
  private final Map<String, LearningNetwork> parts = new LinkedHashMap<>();
  private final LearningNetwork encoder;
  private final LearningNetwork mean;
  private final LearningNetwork logVariance;
  private final LearningNetwork decoder;
  private final SampleAverage average;

  /// @param vae architecture and initial weights
  /// @param masks by tensor of the decoder, 0 where a weight never changes
  /// @param processor steps with another number of threads wait for each other
  public VaeLearner(
      Vae vae,
      Map<String, org.pdnn.network.Tensor> masks,
      Hyperparameters hyperparameters,
      Processor processor) {
    super(hyperparameters, RandomNumbers.ADDRESSED, processor);
    this.vae = vae;
    this.encoder = part("encoder", vae.encoder(), Map.of());
    this.mean = part("mean", vae.mean(), Map.of());
    this.logVariance = part("logVariance", vae.logVariance(), Map.of());
    this.decoder = part("decoder", vae.decoder(), masks);
    SampleStrategy strategy = SampleStrategy.best(vae.decoder());
    this.average = new SampleAverage(vae.decoder(), strategy, noise, hyperparameters.samples());
  }

  private LearningNetwork part(
      String name, Network network, Map<String, org.pdnn.network.Tensor> masks) {
    LearningNetwork part = learning(network, WeightForm.REAL, masks);
    parts.put(name, part);
    return part;
  }

  @Override
  Loss<VaeResult> loss(Batch batch, long noiseSeed, Forward.Mode mode) {
    noise.begin(noiseSeed);
    Tensor x = Inputs.of(vae.encoder().input(), batch.pixels(), device);
    Tensor m;
    Tensor logV;
    Tensor y;
    try (var _ = autocast()) {
      Tensor features = encoder.forward(noise, mode).run(x);
      m = mean.forward(noise, mode).run(features).to(ScalarType.Float);
      logV = logVariance.forward(noise, mode).run(features).to(ScalarType.Float);
      // Beside those of the parts.
      noise.network(parts.size());
      Tensor z = logV.mul(new Scalar(0.5)).exp().mul(noise.normal(m, 0)).add(m);
      y = likely(average.of(z, decoder.forward(noise, mode), image -> image));
    }
    Scalar share = new Scalar(1.0 / batch.size());
    Tensor reconstruction = torch.binary_cross_entropy(y, x, new TensorOptional(), SUM).mul(share);
    Tensor divergence = divergence(m, logV).mul(share);
    return new Loss<>(
        reconstruction.add(divergence),
        () -> new VaeResult(reconstruction.item_float(), divergence.item_float(), batch.size()));
  }

  private static Tensor divergence(Tensor m, Tensor logV) {
    return m.square().add(logV.exp()).sub(logV).sub(new Scalar(1)).sum().mul(new Scalar(0.5));
  }

  /// Brightnesses whose logarithms are finite.
  private Tensor likely(Tensor y) {
    if (!(vae.decoder().layers().getLast() instanceof Neurons(Neuron last) && last.random())) {
      return y;
    }
    double s = average.samples();
    return y.mul(new Scalar(s / (s + 1))).add(new Scalar(0.5 / (s + 1)));
  }

  @Override
  Vae copied() {
    Map<String, org.pdnn.network.Tensor> tensors = new LinkedHashMap<>();
    parts.forEach((part, learning) ->
        learning
            .parameters
            .copy()
            .forEach((name, tensor) -> tensors.put(part + "." + name, tensor)));
    return vae.withTensors(tensors);
  }
}
