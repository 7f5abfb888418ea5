package org.pdnn.convert;

import java.util.Optional;
import java.util.function.Function;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.StepResult;
import org.pdnn.training.TrainingProgress;

/// A few epochs of sample-aware training (paper, section 3) that start from the converted network.
///
/// @param images to learn from; none that the conversion is calibrated on
/// @param hyperparameters epochs, samples s and the rest
/// @param spared why a converted network needs no training, a phrase; empty if it does
/// @param progress told how it goes
public record FineTune(
    Images images,
    Hyperparameters hyperparameters,
    Function<Network, Optional<String>> spared,
    TrainingProgress<StepResult> progress) {

  /// Training that is done whatever the network reaches without it.
  public static FineTune always(
      Images images, Hyperparameters hyperparameters, TrainingProgress<StepResult> progress) {
    return new FineTune(images, hyperparameters, network -> Optional.empty(), progress);
  }
}
