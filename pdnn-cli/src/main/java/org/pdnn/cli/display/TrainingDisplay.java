package org.pdnn.cli.display;

import java.io.PrintWriter;
import java.util.Locale;
import org.pdnn.training.StepResult;
import org.pdnn.training.TrainingProgress;

/// Shows a training run: a bar with loss, accuracy, images a second and time left, and what the
/// held-out images said after each epoch.
public final class TrainingDisplay implements TrainingProgress<StepResult>, AutoCloseable {
  private final Display display;
  private final PrintWriter err;
  private final int epochs;
  private StepResult validation = StepResult.NONE;

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
        validation.images() == 0
            ? ""
            : String.format(Locale.ROOT, ", validation %.2f %%", 100 * validation.accuracy());
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
    validation = heldOut;
  }

  @Override
  public void notice(String sentence) {
    Notice.tell(err, sentence);
  }

  /// What the held-out images said last; [StepResult#NONE] if there are none.
  public StepResult validation() {
    return validation;
  }

  @Override
  public void close() {
    display.close();
  }
}
