package org.pdnn.energy;

import java.util.List;
import java.util.function.Function;

/// The energy of one input by layer and by term.
public record EnergyBreakdown(List<LayerEnergy> layers) {
  public EnergyBreakdown {
    layers = List.copyOf(layers);
  }

  /// Spent for an input however many samples are drawn; the weights, above all.
  public EnergyTerms once() {
    return sum(LayerEnergy::once);
  }

  /// Spent on each sample (paper, figure 6b: the slope). Words that the passes share are not in it.
  public EnergyTerms perSample() {
    return sum(LayerEnergy::perSample);
  }

  /// Spent on each sample after the first, shared words included.
  public EnergyTerms furtherSample() {
    return sum(LayerEnergy::furtherSample);
  }

  /// Equation 4: `E_frame = n_weights b_w e_wM + T (n_mac (b_a e_aM + e_syn) + sum over neuron
  /// types k of n_k (e_neuron_k + b_a e_aM))`.
  ///
  /// @param samples T
  public EnergyTerms at(int samples) {
    return sum(layer -> layer.at(samples));
  }

  private EnergyTerms sum(Function<LayerEnergy, EnergyTerms> part) {
    return layers.stream().map(part).reduce(EnergyTerms.ZERO, EnergyTerms::plus);
  }
}
