package org.pdnn.energy;

/// The energy of one layer: T samples take `once` plus T times `perSample`.
///
/// @param index the layer's place in the network, from 0
/// @param name kind and output shape
/// @param once spent for an input however many samples are drawn
/// @param perSample spent in every pass
public record LayerEnergy(int index, String name, EnergyTerms once, EnergyTerms perSample) {
  /// The energy of T samples.
  public EnergyTerms at(int samples) {
    Check.requireAtLeastOne("samples", samples);
    return once.plus(perSample.times(samples));
  }
}
