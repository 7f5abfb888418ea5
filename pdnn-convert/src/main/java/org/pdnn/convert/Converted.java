package org.pdnn.convert;

import java.util.List;
import org.pdnn.network.Network;

/// A network that went through all steps.
///
/// @param source the network as it came
/// @param bounded the last network before anything in it became random: what deterministic networks
///   with activations of few bits are made of
/// @param network what became of it
/// @param steps what each step did and cost, in order; those left out that had nothing to do
/// @param remarks what was tried before without success, a sentence each
public record Converted(
    Network source,
    Network bounded,
    Network network,
    List<StepOutcome> steps,
    List<String> remarks) {
  public Converted {
    steps = List.copyOf(steps);
    remarks = List.copyOf(remarks);
  }
}
