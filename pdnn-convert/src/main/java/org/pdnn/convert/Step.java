package org.pdnn.convert;

import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pdnn.names.Counted;
import org.pdnn.network.Network;

/// One step of a conversion: a network goes in, another comes out.
///
/// @param name in lists and options, as in `fold-batch-norm`
/// @param purpose what it does, a phrase
/// @param winsBack whether it is there to win back accuracy that steps before it lose, which are
///   then judged after it
/// @param action takes the step
public record Step(String name, String purpose, boolean winsBack, Action action) {
  /// What a step makes of a network.
  @FunctionalInterface
  public interface Action {
    /// Takes the step.
    ///
    /// @param calibration what it may measure on; without one it takes what needs no measuring
    /// @throws IOException if it keeps files and one cannot be written
    Change apply(Network network, Optional<Calibration> calibration) throws IOException;
  }

  /// A step that measures nothing.
  static Step rewriting(String name, String purpose, UnaryOperator<Network> rewriting) {
    return new Step(
        name,
        purpose,
        false,
        (network, calibration) -> {
          Network rewritten = rewriting.apply(network);
          int fewer = network.layers().size() - rewritten.layers().size();
          if (rewritten.equals(network)) {
            return Change.of(network, "");
          }
          return Change.of(rewritten, fewer == 0 ? "done" : Counted.of(fewer, "layer") + " fewer");
        });
  }
}
