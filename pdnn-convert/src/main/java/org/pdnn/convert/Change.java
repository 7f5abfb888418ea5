package org.pdnn.convert;

import java.util.List;
import org.pdnn.network.Network;

/// What a step made of a network.
///
/// @param network the network after it
/// @param effect what it did, a phrase; empty if there was nothing for it to do
/// @param details what was replaced, kept or refused, and why, a sentence each
public record Change(Network network, String effect, List<String> details) {
  public Change {
    details = List.copyOf(details);
  }

  static Change of(Network network, String effect) {
    return new Change(network, effect, List.of());
  }
}
