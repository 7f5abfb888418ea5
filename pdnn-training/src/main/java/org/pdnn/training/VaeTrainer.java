package org.pdnn.training;

import java.util.Map;
import java.util.Optional;
import org.pdnn.data.Images;
import org.pdnn.network.FanIn;
import org.pdnn.network.Tensor;
import org.pdnn.network.Vae;
import org.pdnn.training.torch.Learner;
import org.pdnn.training.torch.VaeLearner;

/// Trains a variational auto-encoder: the loss is taken of the average of s images that the decoder
/// makes of the same latent variables.
///
/// Labels are not read, nor [Hyperparameters#outputs]: images are averaged.
public final class VaeTrainer extends Training<VaeTrainer, Vae, VaeResult> {
  private Optional<FanIn> fanIn = Optional.empty();

  public VaeTrainer(Hyperparameters hyperparameters) {
    super(hyperparameters, VaeResult.NONE);
  }

  /// The paper's choices for generation (section 3): batch 64, learning rate 1e-4, 1000 epochs.
  public static Hyperparameters paper() {
    return Hyperparameters.paper().withLearningRate(1e-4);
  }

  /// Limits the inputs of the decoder's neurons: the weights of the others are made 0, as
  /// [FanIn#apply] does it, and stay 0.
  public VaeTrainer fanIn(FanIn limit) {
    this.fanIn = Optional.of(limit);
    return this;
  }

  @Override
  VaeTrainer self() {
    return this;
  }

  @Override
  void require(Vae vae, Images training) {
    if (!vae.encoder().input().equals(training.shape())) {
      throw new IllegalArgumentException(
          "the encoder reads %s, the images are %s"
              .formatted(vae.encoder().input(), training.shape()));
    }
  }

  @Override
  Vae start(Vae initial) {
    return fanIn.map(limit -> initial.withDecoder(limit.apply(initial.decoder()))).orElse(initial);
  }

  @Override
  Vae restored(Vae start, Checkpoints.State state) {
    return start.withDecoder(state.network(), state.others());
  }

  @Override
  Checkpoints.State state(long steps, Vae vae, Tensor mean, Tensor variance) {
    return new Checkpoints.State(steps, vae.decoder(), mean, variance, vae.besideDecoder());
  }

  @Override
  String described(Vae initial) {
    return initial.architecture() + ", " + fanIn.map(FanIn::toString).orElse("any fan-in");
  }

  @Override
  Learner<Vae, VaeResult> learner(Vae start, Processor processor) {
    Map<String, Tensor> masks = fanIn.map(limit -> limit.masks(start.decoder())).orElse(Map.of());
    return new VaeLearner(start, masks, hyperparameters, processor);
  }

  @Override
  Vae finished(Vae learnt) {
    return learnt;
  }
}
