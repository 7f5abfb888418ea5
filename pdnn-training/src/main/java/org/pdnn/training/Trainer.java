package org.pdnn.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import org.pdnn.training.torch.Learner;

/// Trains a network by sample-aware training (paper, section 3).
///
/// The result is a function of network, images and hyperparameters, on one machine and for one
/// number of threads; being killed and resumed does not change it. (Between machines, and between
/// numbers of threads, libtorch sums in other orders.)
public final class Trainer {
  private final Hyperparameters hyperparameters;
  private Processor processor = Processor.ONE_THREAD;
  private TrainingProgress progress = TrainingProgress.NONE;
  private @Nullable Path folder;
  private boolean resume;
  private Duration interval = Duration.ofSeconds(20);

  public Trainer(Hyperparameters hyperparameters) {
    this.hyperparameters = hyperparameters;
  }

  /// Computes on another device.
  public Trainer on(Accelerator device) {
    this.processor = processor.withAccelerator(device);
    return this;
  }

  /// Uses this many threads an operation instead of one.
  public Trainer threads(int count) {
    this.processor = processor.withThreads(count);
    return this;
  }

  /// Tells someone how it goes.
  public Trainer progress(TrainingProgress listener) {
    this.progress = listener;
    return this;
  }

  /// Keeps checkpoints in a folder: after each epoch, and in between when `every` has gone by. They
  /// stay until [#forget].
  ///
  /// @param continued whether to go on from the newest one there
  public Trainer checkpoints(Path checkpointFolder, Duration every, boolean continued) {
    this.folder = checkpointFolder;
    this.interval = every;
    this.resume = continued;
    return this;
  }

  /// Trains.
  ///
  /// @param initial architecture and first weights
  /// @param training images to learn from
  /// @param validation held-out images to test on after each epoch; may be empty
  /// @throws IOException if a checkpoint cannot be written, or is of another run
  /// @throws CancellationException if the thread is interrupted; a checkpoint is kept
  public Network train(Network initial, Images training, Images validation) throws IOException {
    require(initial, training);
    Checkpoints checkpoints = folder == null ? null : checkpoints(folder, initial, training);
    Optional<Checkpoints.State> from =
        checkpoints == null || !resume ? Optional.empty() : checkpoints.latest();
    if (checkpoints != null && !resume) {
      checkpoints.clear();
    }
    Network start = from.map(Checkpoints.State::network).orElse(initial);
    try (Learner learner =
        new Learner(start, hyperparameters, SampleStrategy.best(start), processor)) {
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
      return hyperparameters.weights().of(learner.network());
    }
  }

  /// Removes the checkpoints: for when the trained network is safe elsewhere.
  public void forget() throws IOException {
    if (folder != null) {
      new Checkpoints(folder, "", progress::notice).clear();
    }
  }

  /// The steps of one run.
  private final class Steps implements StepLoop.Work {
    private final Learner learner;
    private final Batches batches;
    private final Images training;
    private final Images validation;
    private final long steps;
    private StepResult learnt = StepResult.NONE;

    Steps(Learner learner, Batches batches, Images training, Images validation, long steps) {
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
      progress.epoch(epoch + 1, learnt, test());
      learnt = StepResult.NONE;
    }

    private StepResult test() {
      StepResult sum = StepResult.NONE;
      int most = 256;
      for (int from = 0; from < validation.count(); from += most) {
        Batch batch = Batches.inOrder(validation, from, Math.min(most, validation.count() - from));
        sum = sum.plus(learner.test(batch, noiseSeed("validation noise", from)));
      }
      return sum;
    }

    @Override
    public Checkpoints.State state(long made) {
      return new Checkpoints.State(
          made, learner.network(), learner.gradientMean(), learner.gradientVariance());
    }
  }

  private long noiseSeed(String purpose, long step) {
    return StepLoop.noiseSeed(hyperparameters.seed(), purpose, step);
  }

  private Checkpoints checkpoints(Path path, Network network, Images training) {
    String run =
        "%s on %s, %s %s, %s threads, data %s"
            .formatted(
                // More epochs go on where fewer ended, unless the learning rate leads up to the
                // end.
                hyperparameters.schedule() == Schedule.CONSTANT
                    ? hyperparameters.withEpochs(1)
                    : hyperparameters,
                processor.accelerator(),
                network.architecture(),
                network.shapes(),
                processor.threads(),
                training.sha256());
    return new Checkpoints(path, run, progress::notice);
  }

  private static void require(Network network, Images training) {
    if (training.count() == 0) {
      throw new IllegalArgumentException("there are no training images");
    }
    if (network.input().size() != training.shape().size()) {
      throw new IllegalArgumentException(
          "the network reads %s, the images are %s".formatted(network.input(), training.shape()));
    }
    if (network.output().size() != training.classes() || network.output().rank() != 1) {
      throw new IllegalArgumentException(
          "the network gives %s outputs, the images have %s classes"
              .formatted(network.output(), training.classes()));
    }
  }
}
