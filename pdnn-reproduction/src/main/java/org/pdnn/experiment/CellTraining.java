package org.pdnn.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.pdnn.evaluation.Environment;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Context;
import org.pdnn.training.BatchResult;
import org.pdnn.training.Training;
import org.pdnn.training.TrainingProgress;

/// What trainings of all kinds do in the folder of their cell: they report progress, continue from
/// their checkpoints, and write `model.safetensors`.
final class CellTraining {
  private static final Duration BETWEEN_CHECKPOINTS = Duration.ofSeconds(30);

  private CellTraining() {}

  static <S extends Training<S, M, R>, M, R extends BatchResult<R>> S in(
      Context context, int epochs, S trainer) {
    TrainingProgress<R> progress =
        new TrainingProgress<>() {
          @Override
          public void batch(int epoch, long seen, long images, R soFar) {
            context.progress((epoch - 1 + (double) seen / images) / epochs);
          }
        };
    return trainer
        .progress(progress)
        .checkpoints(context.folder().resolve("checkpoints"), BETWEEN_CHECKPOINTS, true);
  }

  /// The file of a trained model.
  static Path model(Path folder) {
    return folder.resolve("model.safetensors");
  }

  /// What the file says of its training.
  static Map<String, String> notes(Cell<?> cell) {
    return Map.of("recipe", cell.recipe().toString(), "version", Environment.here().version());
  }
}
