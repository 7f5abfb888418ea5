package org.pdnn.sums;

/// The definition of the sums, in plain Java.
public final class ScalarSums implements Sums {

  /// For this machine, as for any.
  public ScalarSums() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public PackedWeights pack(Geometry geometry, int most, byte[] weights) {
    return new ScalarWeights(geometry, most, weights);
  }
}
