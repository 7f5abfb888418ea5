package org.pdnn.convert;

import java.util.List;
import org.pdnn.network.Network;

/// A network that went through all passes.
///
/// @param source the network as it came
/// @param network what became of it
/// @param passes what each pass did and cost, in order
/// @param remarks what was tried before without success, a sentence each
public record Converted(
    Network source, Network network, List<PassResult> passes, List<String> remarks) {
  public Converted {
    passes = List.copyOf(passes);
    remarks = List.copyOf(remarks);
  }
}
