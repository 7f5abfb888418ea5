package org.pdnn.cli.display;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pdnn.training.StepResult;
import org.pdnn.training.TrainingProgress;

/// Shows a training run: a bar with loss, accuracy, images a second and time left, and what the
/// held-out images said after each epoch.
public final class TrainingDisplay implements TrainingProgress<StepResult>, AutoCloseable {
  private final Display display;
  private final PrintWriter err;
  private final int epochs;
  private final List<Epoch> done = new ArrayList<>();

  /// What an epoch showed.
  ///
  /// @param number from 1
  public record Epoch(int number, StepResult learnt, StepResult heldOut) {}

  public TrainingDisplay(String task, int epochs, long imagesPerEpoch, PrintWriter err) {
    this.display = new Display(task, "images", epochs * imagesPerEpoch);
    this.epochs = epochs;
    this.err = err;
  }

  @Override
  public void batch(int epoch, long seen, long images, StepResult soFar) {
    display.to((epoch - 1L) * images + seen);
    display.message(state(epoch, soFar));
  }

  private String state(int epoch, StepResult soFar) {
    String held =
        validation().images() == 0
            ? ""
            : String.format(Locale.ROOT, ", validation %.2f %%", 100 * validation().accuracy());
    return String.format(
        Locale.ROOT,
        "epoch %d/%d loss %.4f accuracy %.2f %%%s",
        epoch,
        epochs,
        soFar.loss(),
        100 * soFar.accuracy(),
        held);
  }

  @Override
  public void epoch(int epoch, StepResult learnt, StepResult heldOut) {
    done.add(new Epoch(epoch, learnt, heldOut));
  }

  @Override
  public void notice(String sentence) {
    Notice.tell(err, sentence);
  }

  /// What the held-out images said last; [StepResult#NONE] if there are none.
  public StepResult validation() {
    return done.isEmpty() ? StepResult.NONE : done.getLast().heldOut();
  }

  /// The epochs that were shown; those before a checkpoint are not among them.
  public List<Epoch> epochs() {
    return List.copyOf(done);
  }

  @Override
  public void close() {
    display.close();
  }
}
