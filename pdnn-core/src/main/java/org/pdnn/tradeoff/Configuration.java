package org.pdnn.tradeoff;

import org.pdnn.energy.Joules;
import org.pdnn.evaluation.Estimate;

/// A way to run a network, what it was measured to be worth and what it is predicted to cost.
///
/// @param accuracy share of inputs whose class is right, with its 95 % interval
/// @param energy of one input
public record Configuration(Setting setting, Estimate accuracy, Joules energy) {
  /// Whether the intervals of both accuracies overlap, so that noise may have put them in order.
  public boolean overlaps(Configuration other) {
    return accuracy.low() <= other.accuracy.high() && other.accuracy.low() <= accuracy.high();
  }
}
