package org.pdnn.training;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pdnn.random.Philox;

/// The steps of a training run, one after the other, with checkpoints in between.
final class StepLoop {
  private final int epochs;
  private final int perEpoch;
  private final @Nullable Checkpoints checkpoints;
  private final Duration interval;
  private final Consumer<String> notice;

  /// @param perEpoch steps in an epoch
  /// @param checkpoints where the run is kept, if it is
  /// @param interval after which a checkpoint is due within an epoch
  StepLoop(
      int epochs,
      int perEpoch,
      @Nullable Checkpoints checkpoints,
      Duration interval,
      Consumer<String> notice) {
    this.epochs = epochs;
    this.perEpoch = perEpoch;
    this.checkpoints = checkpoints;
    this.interval = interval;
    this.notice = notice;
  }

  /// What a step is.
  interface Work {
    /// Makes a step.
    ///
    /// @param step from 0
    /// @param epoch from 0
    /// @param position of the batch in its epoch, from 0
    void step(long step, int epoch, int position);

    /// Called behind the last step of an epoch.
    void epochEnds(int epoch);

    /// The run as it is after so many steps.
    Checkpoints.State state(long steps);
  }

  /// The seed of the noise of one step.
  static long noiseSeed(long seed, String purpose, long step) {
    return Philox.seedFor(seed, purpose, step);
  }

  /// Steps in the whole run.
  long steps() {
    return (long) epochs * perEpoch;
  }

  /// Makes the steps that are left.
  ///
  /// @param from steps made before
  /// @throws CancellationException if the thread is interrupted; a checkpoint is kept
  void run(long from, Work work) throws IOException {
    long last = steps();
    if (from > last) {
      throw new IOException(
          "the checkpoint has made %s steps, more than the %s of %s epochs; ask for more epochs"
              .formatted(from, last, epochs));
    }
    if (from > 0) {
      notice.accept("resumed after step %s of %s".formatted(from, last));
    }
    long saved = System.nanoTime();
    for (long step = from; step < last; step++) {
      int epoch = (int) (step / perEpoch);
      int position = (int) (step % perEpoch);
      work.step(step, epoch, position);
      boolean epochEnds = position == perEpoch - 1;
      if (epochEnds) {
        work.epochEnds(epoch);
      }
      boolean interrupted = Thread.currentThread().isInterrupted();
      boolean due = epochEnds || System.nanoTime() - saved > interval.toNanos();
      if (checkpoints != null && (due || interrupted)) {
        checkpoints.save(work.state(step + 1));
        saved = System.nanoTime();
      }
      if (interrupted) {
        throw new CancellationException("training was interrupted after step " + (step + 1));
      }
    }
  }
}
