package org.pdnn.energy;

/// The energy of one layer in a technology.
public record LayerEnergy(LayerWork work, Technology technology) {
  /// Spent for an input however many samples are drawn.
  public EnergyTerms once() {
    return EnergyTerms.of(work.once(), technology);
  }

  /// Spent in every pass. Words that the passes share are in neither.
  public EnergyTerms perSample() {
    return EnergyTerms.of(work.perSample(), technology);
  }

  /// Spent on each sample after the first, shared words included.
  public EnergyTerms furtherSample() {
    return EnergyTerms.of(work.furtherSample(), technology);
  }

  /// The energy of T samples.
  public EnergyTerms at(int samples) {
    return EnergyTerms.of(work.at(samples), technology);
  }
}
