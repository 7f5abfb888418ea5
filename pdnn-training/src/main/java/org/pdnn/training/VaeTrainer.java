package org.pdnn.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.Images;
import org.pdnn.network.FanIn;
import org.pdnn.network.Tensor;
import org.pdnn.network.Vae;
import org.pdnn.training.torch.VaeLearner;

/// Trains a variational auto-encoder by sample-aware training (paper, section 3): the loss is taken
/// of the average of s images that the decoder makes of the same latent variables.
///
/// The result is a function of auto-encoder, images and hyperparameters, as that of [Trainer] is.
/// Labels are not looked at, nor is what [Hyperparameters#outputs] says: images are averaged.
public final class VaeTrainer {
  private final Hyperparameters hyperparameters;
  private Processor processor = Processor.ONE_THREAD;
  private VaeProgress progress = VaeProgress.NONE;
  private Optional<FanIn> fanIn = Optional.empty();
  private @Nullable Path folder;
  private boolean resume;
  private Duration interval = Duration.ofSeconds(20);

  public VaeTrainer(Hyperparameters hyperparameters) {
    this.hyperparameters = hyperparameters;
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

  /// Computes on another device.
  public VaeTrainer on(Accelerator device) {
    this.processor = processor.withAccelerator(device);
    return this;
  }

  /// Uses this many threads an operation instead of one.
  public VaeTrainer threads(int count) {
    this.processor = processor.withThreads(count);
    return this;
  }

  /// Tells someone how it goes.
  public VaeTrainer progress(VaeProgress listener) {
    this.progress = listener;
    return this;
  }

  /// Keeps checkpoints in a folder: after each epoch, and in between when `every` has gone by. They
  /// stay until [#forget].
  ///
  /// @param continued whether to go on from the newest one there
  public VaeTrainer checkpoints(Path checkpointFolder, Duration every, boolean continued) {
    this.folder = checkpointFolder;
    this.interval = every;
    this.resume = continued;
    return this;
  }

  /// Removes the checkpoints: for when the trained auto-encoder is safe elsewhere.
  public void forget() throws IOException {
    if (folder != null) {
      new Checkpoints(folder, "", progress::notice).clear();
    }
  }

  /// Trains.
  ///
  /// @param initial architecture and first weights
  /// @param training images to learn from
  /// @param validation held-out images to test on after each epoch; may be empty
  /// @throws IOException if a checkpoint cannot be written, or is of another run
  /// @throws CancellationException if the thread is interrupted; a checkpoint is kept
  public Vae train(Vae initial, Images training, Images validation) throws IOException {
    require(initial, training);
    Vae thin =
        fanIn.map(limit -> initial.withDecoder(limit.apply(initial.decoder()))).orElse(initial);
    Checkpoints checkpoints = folder == null ? null : checkpoints(folder, initial, training);
    Optional<Checkpoints.State> from =
        checkpoints == null || !resume ? Optional.empty() : checkpoints.latest();
    if (checkpoints != null && !resume) {
      checkpoints.clear();
    }
    Vae start = from.map(state -> thin.withDecoder(state.network(), state.others())).orElse(thin);
    Map<String, Tensor> masks = fanIn.map(limit -> limit.masks(thin.decoder())).orElse(Map.of());
    try (VaeLearner learner = new VaeLearner(start, masks, hyperparameters, processor)) {
      from.ifPresent(state -> learner.restore(state.mean().toArray(), state.variance().toArray()));
      Batches batches = new Batches(training, hyperparameters);
      StepLoop loop =
          new StepLoop(
              hyperparameters.epochs(),
              batches.perEpoch(),
              checkpoints,
              interval,
              progress::notice);
      loop.run(
          from.map(Checkpoints.State::step).orElse(0L),
          new Steps(learner, batches, training, validation, loop.steps()));
      return learner.vae();
    }
  }

  /// The steps of one run.
  private final class Steps implements StepLoop.Work {
    private final VaeLearner learner;
    private final Batches batches;
    private final Images training;
    private final Images validation;
    private final long steps;
    private VaeResult learnt = VaeResult.NONE;

    Steps(VaeLearner learner, Batches batches, Images training, Images validation, long steps) {
      this.learner = learner;
      this.batches = batches;
      this.training = training;
      this.validation = validation;
      this.steps = steps;
    }

    @Override
    public void step(long step, int epoch, int position) {
      Batch batch = batches.get(epoch, position);
      double share = hyperparameters.schedule().share(step + 1, steps);
      learnt =
          learnt.plus(learner.learn(batch, step + 1, share, noiseSeed("training noise", step)));
      long seen = Math.min((position + 1L) * hyperparameters.batch(), training.count());
      progress.batch(epoch + 1, seen, training.count(), learnt);
    }

    @Override
    public void epochEnds(int epoch) {
      progress.epoch(epoch + 1, learnt, test(learner, validation));
      learnt = VaeResult.NONE;
    }

    @Override
    public Checkpoints.State state(long made) {
      Vae vae = learner.vae();
      return new Checkpoints.State(
          made,
          vae.decoder(),
          learner.gradientMean(),
          learner.gradientVariance(),
          vae.besideDecoder());
    }
  }

  /// The loss of an auto-encoder as training takes it, on images that are not learnt from.
  public VaeResult test(Vae vae, Images images) {
    try (VaeLearner learner = new VaeLearner(vae, Map.of(), hyperparameters, processor)) {
      return test(learner, images);
    }
  }

  private VaeResult test(VaeLearner learner, Images images) {
    VaeResult sum = VaeResult.NONE;
    int most = 256;
    for (int from = 0; from < images.count(); from += most) {
      Batch batch = Batches.inOrder(images, from, Math.min(most, images.count() - from));
      sum = sum.plus(learner.test(batch, noiseSeed("validation noise", from)));
    }
    return sum;
  }

  private long noiseSeed(String purpose, long step) {
    return StepLoop.noiseSeed(hyperparameters.seed(), purpose, step);
  }

  private Checkpoints checkpoints(Path path, Vae vae, Images training) {
    String run =
        "%s on %s, %s, %s, %s threads, data %s"
            .formatted(
                hyperparameters.schedule() == Schedule.CONSTANT
                    ? hyperparameters.withEpochs(1)
                    : hyperparameters,
                processor.accelerator(),
                vae.architecture(),
                fanIn.map(FanIn::toString).orElse("any fan-in"),
                processor.threads(),
                training.sha256());
    return new Checkpoints(path, run, progress::notice);
  }

  private static void require(Vae vae, Images training) {
    if (training.count() == 0) {
      throw new IllegalArgumentException("there are no training images");
    }
    if (!vae.encoder().input().equals(training.shape())) {
      throw new IllegalArgumentException(
          "the encoder reads %s, the images are %s"
              .formatted(vae.encoder().input(), training.shape()));
    }
  }
}
