package org.pdnn.energy;

/// One combination of a [OperationGrid].
///
/// @param samples T
/// @param weightBits b_w
/// @param fanIn n
/// @param energy of the elementary operation
/// @param twin the same of the 32-bit deterministic one
public record OperationPoint(
    Technology technology,
    int samples,
    int weightBits,
    int fanIn,
    EnergyTerms energy,
    Joules twin) {

  /// How many times as much the deterministic operation takes.
  public double gain() {
    return twin.dividedBy(energy.total());
  }
}
