package org.pdnn.integer;

import org.pdnn.network.Activation;

/// How the probability of a p-bit rises with its pre-activation I in integers. A tanh p-bit is a
/// sigmoid p-bit of 2 I.
public enum ProbabilityCurve {
  /// [Probability#down].
  SIGMOID,
  /// [Probability#downClip].
  CLIP;

  /// That of p-bits with this mean.
  static ProbabilityCurve of(Activation activation) {
    return switch (activation) {
      case SIGMOID, TANH -> SIGMOID;
      case CLIP -> CLIP;
      default -> throw new IllegalArgumentException("p-bits have no mean " + activation);
    };
  }

  /// P(b is down) for a pre-activation.
  public float down(float preActivation) {
    return switch (this) {
      case SIGMOID -> Probability.down(preActivation);
      case CLIP -> Probability.downClip(preActivation);
    };
  }
}
