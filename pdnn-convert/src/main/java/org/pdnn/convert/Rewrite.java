package org.pdnn.convert;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.pdnn.network.Network;

/// A step that measures nothing.
///
/// @param rewriting what it makes of a network
record Rewrite(String name, String purpose, UnaryOperator<Network> rewriting) implements Step {
  @Override
  public Change apply(Network network, Optional<Calibration> calibration) {
    Network rewritten = rewriting.apply(network);
    int fewer = network.layers().size() - rewritten.layers().size();
    if (rewritten.equals(network)) {
      return Change.of(network, "nothing to do");
    }
    return Change.of(
        rewritten, fewer == 0 ? "done" : fewer + (fewer == 1 ? " layer fewer" : " layers fewer"));
  }
}
