package org.pdnn.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import org.pdnn.random.Philox;
import org.pdnn.random.RandomWords;
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
      long step = from.map(Checkpoints.State::step).orElse(0L);
      epochs(learner, training, validation, step, checkpoints);
      return learner.network();
    }
  }

  /// Removes the checkpoints: for when the trained network is safe elsewhere.
  public void forget() throws IOException {
    if (folder != null) {
      new Checkpoints(folder, "", progress::notice).clear();
    }
  }

  private void epochs(
      Learner learner,
      Images training,
      Images validation,
      long from,
      @Nullable Checkpoints checkpoints)
      throws IOException {
    Batches batches = new Batches(training, hyperparameters);
    long last = (long) hyperparameters.epochs() * batches.perEpoch();
    StepResult learnt = StepResult.NONE;
    long saved = System.nanoTime();
    if (from > last) {
      throw new IOException(
          "the checkpoint has made %d steps, more than the %d of %d epochs; ask for more epochs"
              .formatted(from, last, hyperparameters.epochs()));
    }
    if (from > 0) {
      progress.notice("resumed after step %d of %d".formatted(from, last));
    }
    for (long step = from; step < last; step++) {
      int epoch = (int) (step / batches.perEpoch());
      int position = (int) (step % batches.perEpoch());
      Batch batch = batches.get(epoch, position);
      double share = hyperparameters.schedule().share(step + 1, last);
      learnt =
          learnt.plus(learner.learn(batch, step + 1, share, noiseSeed("training noise", step)));
      long seen = Math.min((position + 1L) * hyperparameters.batch(), training.count());
      progress.batch(epoch + 1, seen, training.count(), learnt);
      boolean epochEnds = position == batches.perEpoch() - 1;
      if (epochEnds) {
        progress.epoch(epoch + 1, learnt, test(learner, validation));
        learnt = StepResult.NONE;
      }
      boolean interrupted = Thread.currentThread().isInterrupted();
      boolean due = epochEnds || System.nanoTime() - saved > interval.toNanos();
      if (checkpoints != null && (due || interrupted)) {
        checkpoints.save(
            new Checkpoints.State(
                step + 1, learner.network(), learner.gradientMean(), learner.gradientVariance()));
        saved = System.nanoTime();
      }
      if (interrupted) {
        throw new CancellationException("training was interrupted after step " + (step + 1));
      }
    }
  }

  private StepResult test(Learner learner, Images images) {
    StepResult sum = StepResult.NONE;
    int most = 256;
    for (int from = 0; from < images.count(); from += most) {
      Batch batch = Batches.inOrder(images, from, Math.min(most, images.count() - from));
      sum = sum.plus(learner.test(batch, noiseSeed("validation noise", from)));
    }
    return sum;
  }

  private long noiseSeed(String purpose, long step) {
    RandomWords words = Philox.forPurpose(hyperparameters.seed(), purpose);
    return Integer.toUnsignedLong(words.word(step, 0, 0, 0)) << 32
        | Integer.toUnsignedLong(words.word(step, 0, 1, 0));
  }

  private Checkpoints checkpoints(Path path, Network network, Images training) {
    String run =
        "%s on %s, %s %s, %d threads, data %s"
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
          "the network gives %s outputs, the images have %d classes"
              .formatted(network.output(), training.classes()));
    }
  }
}
