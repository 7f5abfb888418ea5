package org.pdnn.convert;

import java.io.IOException;
import java.util.Optional;
import org.pdnn.network.Network;

/// A few epochs of sample-aware training (paper, section 3) that start from the converted network.
/// A conversion depends on no trainer: training is handed in.
public interface FineTune {
  /// s, the samples averaged in the loss; with as many the result is judged.
  int samples();

  /// What is trained, a phrase, as in `1 epoch of 5,000 images, s = 4`.
  String description();

  /// Why a converted network needs no training, a phrase; empty if it does.
  default Optional<String> spared(Network network) {
    return Optional.empty();
  }

  /// Trains a network on, on images that the conversion is not calibrated on.
  ///
  /// @throws IOException if it keeps files and one cannot be written
  Network train(Network network) throws IOException;
}
