package org.pdnn.ising.learning;

import org.pdnn.names.Limits;

/// The choices that, with the examples, determine what a restricted machine learns.
///
/// @param steps k, how often the chains draw hidden and visible bits before each update
/// @param persistent whether chains go on from update to update (PCD), or begin at the examples
///   (CD)
/// @param epochs at least 1
/// @param batch examples per update, and chains
/// @param learningRate of the first update; it falls by equal steps, to 0 after the last
/// @param weightDecay share of the weights (not of biases) that the gradient is lowered by
/// @param seed of the initial weights, the order of examples, and all draws
public record Hyperparameters(
    int steps,
    boolean persistent,
    int epochs,
    int batch,
    double learningRate,
    double weightDecay,
    long seed) {
  /// @throws IllegalArgumentException naming what is out of range
  public Hyperparameters {
    Limits.between("steps", 1, 1000, steps);
    Limits.between("epochs", 1, 100_000, epochs);
    Limits.between("batch", 1, 1 << 16, batch);
    if (!(learningRate > 0 && learningRate <= 10)) {
      throw new IllegalArgumentException(
          "the learning rate must be above 0 and at most 10, got " + learningRate);
    }
    if (!(weightDecay >= 0 && weightDecay <= 1)) {
      throw new IllegalArgumentException("weight decay must be 0 to 1, got " + weightDecay);
    }
  }

  /// For MNIST and 500 hidden bits, chosen by 10,000 held-out training images. A rate of 0.25 and a
  /// decay of 0.0001 classify better, but their chains leave a label's digits less readily.
  ///
  /// @param epochs at least 1; 30 were enough
  public static Hyperparameters digits(int epochs, long seed) {
    return new Hyperparameters(1, true, epochs, 100, 0.1, 0.0002, seed);
  }
}
