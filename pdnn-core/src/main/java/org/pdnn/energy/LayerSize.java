package org.pdnn.energy;

/// What a layer has and does in one pass. Counts are at least 0.
///
/// @param macs multiply-accumulates
/// @param weights trained parameters
/// @param neurons values that it makes by functions, and pre-activations that weights read or that
///   go out
public record LayerSize(double macs, double weights, double neurons) {
  public static final LayerSize NONE = new LayerSize(0, 0, 0);

  public LayerSize plus(LayerSize other) {
    return new LayerSize(macs + other.macs, weights + other.weights, neurons + other.neurons);
  }

  public LayerSize times(double factor) {
    return new LayerSize(macs * factor, weights * factor, neurons * factor);
  }
}
