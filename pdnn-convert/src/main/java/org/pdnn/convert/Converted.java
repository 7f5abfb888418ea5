package org.pdnn.convert;

import java.util.List;
import org.pdnn.network.Network;

/// A network that went through all steps.
///
/// @param source the network as it came
/// @param network what became of it
/// @param steps what each step did and cost, in order
/// @param remarks what was tried before without success, a sentence each
public record Converted(
    Network source, Network network, List<StepOutcome> steps, List<String> remarks) {
  public Converted {
    steps = List.copyOf(steps);
    remarks = List.copyOf(remarks);
  }
}
