package org.pdnn.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.display.Notice;
import org.pdnn.data.Images;
import org.pdnn.files.AtomicFile;
import org.pdnn.ising.learning.Checkpoint;
import org.pdnn.ising.learning.ContrastiveDivergence;
import org.pdnn.ising.learning.ContrastiveDivergence.Epoch;
import org.pdnn.ising.learning.Examples;
import org.pdnn.ising.learning.FreeEnergyClassifier;
import org.pdnn.ising.learning.Hyperparameters;
import org.pdnn.ising.learning.PseudoLikelihood;
import org.pdnn.ising.learning.Rbm;
import org.pdnn.random.Philox;

/// A restricted Boltzmann machine learns, is tested after each epoch, and leaves a checkpoint then.
///
/// @param form of zeros
/// @param validating held-out images; may be none
/// @param folder of the checkpoint
record MachineTraining(
    Rbm form,
    Hyperparameters choices,
    Images learning,
    Images validating,
    int threads,
    Path folder) {
  private static final String RUN = "run";
  private static final String COURSE = "course";

  /// What came out.
  ///
  /// @param secondsPerEpoch of the epochs learnt here, tests left out; empty if all were done
  ///   before
  record Learnt(Rbm rbm, Course course, OptionalDouble secondsPerEpoch) {}

  private boolean labelled() {
    return form.labels() > 0;
  }

  private Path checkpoint() {
    return folder.resolve("checkpoint.safetensors");
  }

  /// Learns.
  ///
  /// @param resume whether to go on from the checkpoint, if there is one
  /// @throws IOException if a checkpoint cannot be written or read, or is of another run
  /// @throws CancellationException if the thread is interrupted; the checkpoint is kept
  Learnt run(boolean resume, PrintWriter err) throws IOException {
    Examples examples = Examples.of(learning, labelled());
    String run = described();
    Epoch from;
    Course course = new Course(List.of());
    if (resume && Files.exists(checkpoint())) {
      Checkpoint found = Checkpoint.read(checkpoint());
      from = found.epoch();
      course = course(found, run).with(test(from));
      Notice.tell(err, "resumed after epoch %s of %s".formatted(from.number(), choices.epochs()));
    } else {
      forget();
      from = Epoch.before(ContrastiveDivergence.initial(form, examples, choices.seed()));
    }
    try (Display display =
        new Display("Training", "images", (long) choices.epochs() * learning.count())) {
      Watch watch = new Watch(display, run, course);
      try {
        Rbm learnt = ContrastiveDivergence.resume(from, choices, examples, threads, watch);
        return new Learnt(learnt, watch.course, watch.secondsPerEpoch());
      } catch (CancellationException e) {
        throw interrupted(watch.kept);
      }
    }
  }

  private static CancellationException interrupted(int epoch) {
    return new CancellationException(
        epoch == 0
            ? "training was interrupted in the first epoch"
            : "training was interrupted after epoch %s; --resume goes on".formatted(epoch));
  }

  private Course course(Checkpoint found, String run) throws IOException {
    if (!run.equals(found.notes().get(RUN))) {
      throw new IOException(
          "%s is of another run (%s) than this one (%s); use its options or another --out"
              .formatted(checkpoint(), found.notes().get(RUN), run));
    }
    return Course.parse(found.notes().getOrDefault(COURSE, ""));
  }

  /// What must be equal for a checkpoint to be continued.
  private String described() {
    return "%s, %s, data %s, held out %s"
        .formatted(form, choices, learning.sha256(), validating.count());
  }

  /// Removes the checkpoint and, if it is then empty, its folder.
  void forget() throws IOException {
    if (Files.isDirectory(folder)) {
      AtomicFile.removeLeftovers(folder);
      Files.deleteIfExists(checkpoint());
      try (var rest = Files.list(folder)) {
        if (rest.findAny().isPresent()) {
          return;
        }
      }
      Files.delete(folder);
    }
  }

  private Course.After test(Epoch epoch) {
    if (validating.count() == 0) {
      return new Course.After(epoch.number(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    double pseudo =
        PseudoLikelihood.of(
            epoch.rbm(),
            Examples.of(validating, labelled())
                .drawn(Philox.forPurpose(choices.seed(), "validation")),
            threads);
    return new Course.After(
        epoch.number(),
        OptionalDouble.of(pseudo),
        labelled()
            ? OptionalDouble.of(new FreeEnergyClassifier(epoch.rbm()).accuracy(validating, threads))
            : OptionalDouble.empty());
  }

  /// Keeps, tests and shows what was learnt.
  private final class Watch implements ContrastiveDivergence.Progress {
    private final Display display;
    private final String run;
    private final int first;
    private Course course;
    private int kept;
    private long nanoseconds;
    private long since = System.nanoTime();

    Watch(Display display, String run, Course course) {
      this.display = display;
      this.run = run;
      this.course = course;
      this.first = course.epochs().size();
      this.kept = first;
    }

    @Override
    public void examples(int epoch, int learnt) {
      display.to((epoch - 1L) * learning.count() + learnt);
    }

    /// An interrupt may end the test: so the epoch is kept before it, and tested when it is
    /// resumed.
    @Override
    public void epoch(Epoch done) {
      nanoseconds += System.nanoTime() - since;
      try {
        new Checkpoint(done, Map.of(RUN, run, COURSE, course.note())).write(checkpoint());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      kept = done.number();
      Course.After after = test(done);
      course = course.with(after);
      display.message(state(after));
      since = System.nanoTime();
    }

    private String state(Course.After after) {
      StringBuilder text =
          new StringBuilder("epoch %s/%s".formatted(after.epoch(), choices.epochs()));
      after
          .pseudoLogLikelihood()
          .ifPresent(nats -> text.append(String.format(Locale.ROOT, ", %.2f nats", nats)));
      after
          .accuracy()
          .ifPresent(share ->
              text.append(String.format(Locale.ROOT, ", validation %.2f %%", 100 * share)));
      return text.toString();
    }

    OptionalDouble secondsPerEpoch() {
      int epochs = course.epochs().size() - first;
      return epochs == 0 ? OptionalDouble.empty() : OptionalDouble.of(nanoseconds / 1e9 / epochs);
    }
  }
}
