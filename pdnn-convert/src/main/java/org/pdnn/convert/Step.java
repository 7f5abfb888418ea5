package org.pdnn.convert;

import java.io.IOException;
import java.util.Optional;
import org.pdnn.network.Network;

/// One step of a conversion: a network goes in, another comes out.
public interface Step {
  /// Its name in lists and options, as in `fold-batch-norm`.
  String name();

  /// What it does, a phrase.
  String purpose();

  /// Whether it is there to win accuracy back that steps before it lose; they are judged after it.
  default boolean winsBack() {
    return false;
  }

  /// Takes the step.
  ///
  /// @param calibration what it may measure on; without one it takes what needs no measuring
  /// @throws IOException if it keeps files and one cannot be written
  Change apply(Network network, Optional<Calibration> calibration) throws IOException;
}
