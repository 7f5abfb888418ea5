package org.pdnn.statedict;

import java.util.List;
import org.pdnn.network.Network;

/// A network with the tensors of a file.
///
/// @param matches one for each tensor of the network, in its order
/// @param remarks sentences on what was left aside and what was assumed
public record Matched(Network network, List<Match> matches, List<String> remarks) {
  public Matched {
    matches = List.copyOf(matches);
    remarks = List.copyOf(remarks);
  }
}
