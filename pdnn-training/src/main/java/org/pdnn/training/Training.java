package org.pdnn.training;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pdnn.data.Images;
import org.pdnn.network.Tensor;
import org.pdnn.random.Philox;
import org.pdnn.training.torch.Learner;

/// Sample-aware training (paper, section 3): steps, a test after each epoch, checkpoints.
///
/// The result is a function of what is trained, images and hyperparameters, on one machine and for
/// one number of threads; being killed and resumed does not change it. (Between machines, and
/// between numbers of threads, libtorch sums in other orders.)
///
/// @param <S> the trainer itself
/// @param <M> what is trained
/// @param <R> what a batch showed
public abstract sealed class Training<S extends Training<S, M, R>, M, R extends BatchResult<R>>
    permits Trainer, VaeTrainer {
  /// Images tested together.
  private static final int TESTED = 256;

  final Hyperparameters hyperparameters;
  private final R nothing;
  private Processor processor = Processor.ONE_THREAD;
  private TrainingProgress<R> progress = TrainingProgress.none();
  private @Nullable Path folder;
  private boolean resume;
  private Duration interval = Duration.ZERO;

  /// @param nothing what no batch showed
  Training(Hyperparameters hyperparameters, R nothing) {
    this.hyperparameters = hyperparameters;
    this.nothing = nothing;
  }

  abstract S self();

  /// @throws IllegalArgumentException if it cannot learn from these images
  abstract void require(M initial, Images training);

  /// What is trained, as it is before the first step.
  abstract M start(M initial);

  /// The same with the weights of a checkpoint.
  abstract M restored(M start, Checkpoints.State state);

  abstract Checkpoints.State state(long steps, M model, Tensor mean, Tensor variance);

  /// What a checkpoint must be of to be continued, beside hyperparameters, processor and data.
  abstract String described(M initial);

  abstract Learner<M, R> learner(M start, Processor processor);

  /// What was trained, of the weights that were learnt.
  abstract M finished(M learnt);

  /// Computes on another device.
  public final S on(Accelerator device) {
    this.processor = processor.withAccelerator(device);
    return self();
  }

  /// Uses this many threads per operation instead of one.
  public final S threads(int count) {
    this.processor = processor.withThreads(count);
    return self();
  }

  /// Reports progress.
  public final S progress(TrainingProgress<R> listener) {
    this.progress = listener;
    return self();
  }

  /// Keeps checkpoints in a folder: after each epoch, and within an epoch when `every` has elapsed.
  /// They stay until [#forget].
  ///
  /// @param continued whether to resume from the newest one there
  public final S checkpoints(Path checkpointFolder, Duration every, boolean continued) {
    this.folder = checkpointFolder;
    this.interval = every;
    this.resume = continued;
    return self();
  }

  /// Removes the checkpoints: for when the result is safe elsewhere.
  public final void forget() throws IOException {
    if (folder != null) {
      new Checkpoints(folder, "", progress::notice).clear();
    }
  }

  /// Trains without testing in between.
  ///
  /// @param initial architecture and initial weights
  /// @param training images to learn from
  /// @throws IOException if a checkpoint cannot be written, or is of another run
  /// @throws CancellationException if the thread is interrupted; a checkpoint is kept
  public final M train(M initial, Images training) throws IOException {
    return train(initial, training, training.first(0));
  }

  /// Trains.
  ///
  /// @param initial architecture and initial weights
  /// @param training images to learn from
  /// @param validation held-out images to test on after each epoch; may be empty
  /// @throws IOException if a checkpoint cannot be written, or is of another run
  /// @throws CancellationException if the thread is interrupted; a checkpoint is kept
  public final M train(M initial, Images training, Images validation) throws IOException {
    if (training.count() == 0) {
      throw new IllegalArgumentException("there are no training images");
    }
    require(initial, training);
    Checkpoints checkpoints =
        folder == null ? null : new Checkpoints(folder, run(initial, training), progress::notice);
    Optional<Checkpoints.State> from = Optional.empty();
    if (checkpoints != null && resume) {
      from = checkpoints.latest();
    } else if (checkpoints != null) {
      checkpoints.clear();
    }
    M start = start(initial);
    try (Learner<M, R> learner =
        learner(from.map(state -> restored(start, state)).orElse(start), processor)) {
      from.ifPresent(state -> learner.restore(state.mean().toArray(), state.variance().toArray()));
      steps(
          learner, from.map(Checkpoints.State::step).orElse(0L), checkpoints, training, validation);
      return finished(learner.model());
    }
  }

  /// What must be equal for a checkpoint to be continued.
  private String run(M initial, Images training) {
    // More epochs continue where fewer ended, unless the learning rate leads up to the end.
    Hyperparameters kept =
        hyperparameters.schedule() == Schedule.CONSTANT
            ? hyperparameters.withEpochs(1)
            : hyperparameters;
    return "%s on %s, %s, %s threads, data %s"
        .formatted(
            kept,
            processor.accelerator(),
            described(initial),
            processor.threads(),
            training.sha256());
  }

  /// Makes the steps that are left.
  ///
  /// @param from steps made before
  private void steps(
      Learner<M, R> learner,
      long from,
      @Nullable Checkpoints checkpoints,
      Images training,
      Images validation)
      throws IOException {
    Batches batches = new Batches(training, hyperparameters);
    int perEpoch = batches.perEpoch();
    long last = (long) hyperparameters.epochs() * perEpoch;
    if (from > last) {
      throw new IOException(
          "the checkpoint has made %s steps, more than the %s of %s epochs; ask for more epochs"
              .formatted(from, last, hyperparameters.epochs()));
    }
    if (from > 0) {
      progress.notice("resumed after step %s of %s".formatted(from, last));
    }
    R learnt = nothing;
    long saved = System.nanoTime();
    for (long step = from; step < last; step++) {
      int epoch = (int) (step / perEpoch);
      int position = (int) (step % perEpoch);
      double share = hyperparameters.schedule().share(step + 1, last);
      Batch batch = batches.get(epoch, position);
      learnt =
          learnt.plus(learner.learn(batch, step + 1, share, noiseSeed("training noise", step)));
      long seen = Math.min((position + 1L) * hyperparameters.batch(), training.count());
      progress.batch(epoch + 1, seen, training.count(), learnt);
      boolean epochEnds = position == perEpoch - 1;
      if (epochEnds) {
        progress.epoch(epoch + 1, learnt, test(learner, validation));
        learnt = nothing;
      }
      boolean interrupted = Thread.currentThread().isInterrupted();
      boolean due = epochEnds || System.nanoTime() - saved > interval.toNanos();
      if (checkpoints != null && (due || interrupted)) {
        checkpoints.save(
            state(step + 1, learner.model(), learner.gradientMean(), learner.gradientVariance()));
        saved = System.nanoTime();
      }
      if (interrupted) {
        throw new CancellationException("training was interrupted after step " + (step + 1));
      }
    }
  }

  /// The loss as training takes it, on images that are not learnt from.
  public final R test(M model, Images images) {
    try (Learner<M, R> learner = learner(model, processor)) {
      return test(learner, images);
    }
  }

  private R test(Learner<M, R> learner, Images images) {
    R sum = nothing;
    for (int from = 0; from < images.count(); from += TESTED) {
      Batch batch = Batches.inOrder(images, from, Math.min(TESTED, images.count() - from));
      sum = sum.plus(learner.test(batch, noiseSeed("validation noise", from)));
    }
    return sum;
  }

  private long noiseSeed(String purpose, long step) {
    return Philox.seedFor(hyperparameters.seed(), purpose, step);
  }
}
