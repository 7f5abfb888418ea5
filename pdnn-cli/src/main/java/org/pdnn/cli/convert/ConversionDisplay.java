package org.pdnn.cli.convert;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.display.Display;
import org.pdnn.cli.display.TrainingDisplay;
import org.pdnn.training.StepResult;
import org.pdnn.training.TrainingProgress;

/// Shows a conversion: a bar of its steps, and one of its training if that is done.
final class ConversionDisplay implements TrainingProgress<StepResult>, AutoCloseable {
  private final int epochs;
  private final PrintWriter err;
  private final Display steps;
  private final int most;
  private int done;
  private @Nullable TrainingDisplay training;

  /// @param most steps of the conversion
  /// @param epochs of its training
  ConversionDisplay(int most, int epochs, PrintWriter err) {
    this.steps = new Display("Converting", "steps", most);
    this.most = most;
    this.epochs = epochs;
    this.err = err;
  }

  /// Counts a step; those of further tries are shown as the last.
  void step() {
    endTraining();
    done++;
    steps.to(Math.min(done, most));
  }

  @Override
  public void batch(int epoch, long seen, long images, StepResult soFar) {
    if (training == null) {
      training = new TrainingDisplay("Fine-tuning", epochs, images, err);
    }
    training.batch(epoch, seen, images, soFar);
  }

  @Override
  public void epoch(int epoch, StepResult learnt, StepResult heldOut) {}

  @Override
  public void notice(String sentence) {
    err.println("pdnn: " + sentence);
    err.flush();
  }

  private void endTraining() {
    if (training != null) {
      training.close();
      training = null;
    }
  }

  @Override
  public void close() {
    endTraining();
    steps.close();
  }
}
