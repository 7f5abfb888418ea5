package org.pdnn.convert;

import java.io.IOException;
import java.util.Optional;
import org.pdnn.data.Images;
import org.pdnn.network.Network;
import org.pdnn.training.Hyperparameters;
import org.pdnn.training.Trainer;
import org.pdnn.training.TrainingProgress;

/// A few epochs of sample-aware training (paper, section 3) that starts from the converted network.
///
/// @param images to learn from
/// @param hyperparameters epochs, samples s and the rest
/// @param progress told how it goes
public record FineTune(Images images, Hyperparameters hyperparameters, TrainingProgress progress)
    implements Pass {
  @Override
  public String name() {
    return "fine-tune";
  }

  @Override
  public String purpose() {
    return "train on for %s epochs with s = %s"
        .formatted(hyperparameters.epochs(), hyperparameters.samples());
  }

  @Override
  public boolean winsBack() {
    return true;
  }

  @Override
  public Change apply(Network network, Optional<Calibration> calibration) throws IOException {
    Network trained =
        new Trainer(hyperparameters).progress(progress).train(network, images, images.slice(0, 0));
    return Change.of(
        trained,
        "%s epochs of %s images, s = %s"
            .formatted(hyperparameters.epochs(), images.count(), hyperparameters.samples()));
  }
}
