package org.pdnn.tradeoff;

import org.pdnn.energy.Joules;
import org.pdnn.evaluation.Estimate;

/// A trial with its price.
///
/// @param energy predicted, of one input
/// @param firstLayer the part of it that the first layer of weights takes
public record Configuration(Trial trial, Joules energy, Joules firstLayer) {
  public Setting setting() {
    return trial.setting();
  }

  /// Share of inputs whose class is right, with its 95 % interval.
  public Estimate accuracy() {
    return trial.accuracy();
  }

  /// The share of the energy that the first layer takes.
  public double firstLayerShare() {
    return energy.equals(Joules.ZERO) ? 0 : firstLayer.dividedBy(energy);
  }

  /// Whether the intervals of both accuracies overlap, so that noise may have put them in order.
  public boolean overlaps(Configuration other) {
    return accuracy().low() <= other.accuracy().high()
        && other.accuracy().low() <= accuracy().high();
  }
}
