package org.pdnn.energy.language;

import org.pdnn.energy.NeuronType;

/// A layer of hidden neurons and one that reads them.
///
/// @param hidden hidden neurons
/// @param activation their function
/// @param gated whether a second matrix makes factors for the hidden values, as in SwiGLU
/// @param biased whether its layers have biases
public record Mlp(long hidden, NeuronType activation, boolean gated, boolean biased)
    implements FeedForward {
  /// Matrices from the token to the hidden neurons.
  int inputs() {
    return gated ? 2 : 1;
  }

  /// Weights and biases of the hidden neurons.
  long in(long width) {
    return inputs() * hidden * (width + (biased ? 1 : 0));
  }

  /// Weights and biases of what reads them.
  long out(long width) {
    return width * (hidden + (biased ? 1 : 0));
  }

  @Override
  public long parameters(long width) {
    return in(width) + out(width);
  }

  @Override
  public long active(long width) {
    return parameters(width);
  }
}
