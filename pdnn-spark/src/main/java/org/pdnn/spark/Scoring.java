package org.pdnn.spark;

import java.io.Serializable;
import java.util.Optional;
import org.pdnn.energy.Technology;
import org.pdnn.integer.InputGrid;
import org.pdnn.network.LastHidden;
import org.pdnn.network.Model;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Precision;
import org.pdnn.sampling.Run;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.StopRule;

/// How rows are scored, as it travels to the tasks.
///
/// @param samples T, or the longest with `untilConfident`
/// @param weights bits of the hidden layers' weights in [Precision]'s notation
/// @param untilConfident confidence at which an input stops early; 0 for never
/// @param technology of the predicted joules
record Scoring(
    int samples, Scheme scheme, long seed, String weights, double untilConfident, String technology)
    implements Serializable {

  Scoring {
    if (!Technology.NAMES.contains(technology)) {
      throw new IllegalArgumentException(
          "unknown technology '%s'; known are %s"
              .formatted(technology, String.join(", ", Technology.NAMES)));
    }
  }

  Run run() {
    return new Run(samples, scheme, Averaging.END, LastHidden.BITS);
  }

  /// What passes are computed in.
  ///
  /// @throws IllegalArgumentException if the model cannot be run so
  Precision precision(Model model) {
    Precision precision = Precision.parse(weights).on(InputGrid.of(model.input()));
    precision
        .refusal(model.network(), run())
        .ifPresent(reason -> {
          throw new IllegalArgumentException(
              "weights %s: %s; use weights 32, floating point".formatted(weights, reason));
        });
    return precision;
  }

  /// When an input stops before `samples` passes, if at all; what has no noise never does.
  Optional<StopRule> rule(Network network) {
    return untilConfident == 0 || !network.random()
        ? Optional.empty()
        : Optional.of(new SettledTest(untilConfident, network, run()));
  }
}
