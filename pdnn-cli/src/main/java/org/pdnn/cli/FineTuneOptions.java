package org.pdnn.cli;

import java.io.PrintWriter;
import org.pdnn.convert.FineTune;
import org.pdnn.data.Images;
import org.pdnn.training.Hyperparameters;
import picocli.CommandLine.Option;

/// Training on a converted network, if it is asked for.
final class FineTuneOptions {
  @Option(
      names = "--fine-tune",
      paramLabel = "EPOCHS",
      defaultValue = "0",
      description = "Epochs of sample-aware training on the converted network (default: 0).")
  @Within(least = 0, most = 1_000_000)
  int epochs;

  @Option(
      names = "--fine-tune-samples",
      paramLabel = "S",
      defaultValue = "4",
      description = "Passes averaged in a training step, s (default: ${DEFAULT-VALUE}).")
  @Within(least = 1, most = 1000)
  int samples = 4;

  @Option(
      names = "--learning-rate",
      paramLabel = "RATE",
      defaultValue = "3e-4",
      description = "Of the fine-tuning (default: ${DEFAULT-VALUE}).")
  @Within(least = 1e-9, most = 1)
  private double learningRate = 3e-4;

  boolean asked() {
    return epochs != 0;
  }

  /// A bar for the epochs.
  TrainingDisplay display(Images images, PrintWriter err) {
    return new TrainingDisplay("Fine-tuning", epochs, images.count(), err);
  }

  /// @param flip whether images are mirrored at random
  FineTune on(Images images, boolean flip, long seed, TrainingDisplay display) {
    Hyperparameters hyperparameters =
        Hyperparameters.paper()
            .withSamples(samples)
            .withEpochs(epochs)
            .withLearningRate(learningRate)
            .withFlip(flip)
            .withSeed(seed);
    return new FineTune(images, hyperparameters, display);
  }

  /// For the notes of the model.
  @Override
  public String toString() {
    return "%d epochs, s = %d".formatted(epochs, samples);
  }
}
