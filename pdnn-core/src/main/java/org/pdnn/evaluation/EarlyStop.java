package org.pdnn.evaluation;

import java.util.List;
import org.pdnn.network.Network;
import org.pdnn.sampling.Outputs;
import org.pdnn.sampling.Run;

/// Stopping early against running every input to the longest T: mean T, accuracy, and the share of
/// answers that it changes.
///
/// @param samples the longest T
/// @param accuracy that of the longest T
/// @param points one for each rule, in the order given
public record EarlyStop(int samples, Estimate accuracy, List<StopPoint> points) {
  public EarlyStop {
    points = List.copyOf(points);
  }

  /// Refuses what cannot be stopped early, saying why and what to do.
  ///
  /// @throws IllegalArgumentException if the passes of a run cannot come one by one or are averaged
  ///   as something else than logits
  public static void requireStoppable(Run run, Outputs outputs, Network network) {
    if (!run.anytime()) {
      throw new IllegalArgumentException(
          "stopping early needs a run whose first passes are those of a shorter one; average at the"
              + " end of the model, by a scheme other than stratified");
    }
    if (outputs != Outputs.LOGITS) {
      throw new IllegalArgumentException("stopping early tests mean logits; use --outputs logits");
    }
    if (!network.random()) {
      throw new IllegalArgumentException(
          "stopping early needs random neurons, and this network has none; its answer is settled"
              + " after one pass");
    }
  }
}
