package org.pdnn.convert;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pdnn.evaluation.Estimate;

/// What one step did and what it cost.
///
/// @param name of the step
/// @param effect what it did, a phrase
/// @param details what was replaced, kept or refused, and why
/// @param cost what was measured after it; empty without a calibration
/// @param time that the step took, its measurement left out
public record StepOutcome(
    String name, String effect, List<String> details, Optional<Cost> cost, Duration time) {

  /// A network on the calibration set, beside the one before the step.
  ///
  /// @param accuracy share of inputs classified correctly
  /// @param loss accuracy before the step less accuracy after it, with the 95 % interval that the
  ///   same network would have on other inputs
  /// @param negativeLogLikelihood mean of -ln p(true class)
  /// @param largestLogitDifference from the network before the step
  public record Cost(
      double accuracy,
      Estimate loss,
      double negativeLogLikelihood,
      double largestLogitDifference) {}

  public StepOutcome {
    details = List.copyOf(details);
  }
}
