package org.pdnn.energy;

import org.pdnn.names.Limits;
import org.pdnn.network.Neuron;

/// One neuron with its synapses, the paper's elementary operation (EO): its inputs come from
/// neurons like itself.
///
/// @param fanIn synapses, n
/// @param neuron what the sum passes through; its bits decide whether a synapse multiplies
/// @param convention its widths are b_w and b_a: figure 8 has b_a = 32 for both designs
public record ElementaryOperation(int fanIn, Neuron neuron, Convention convention) {
  public ElementaryOperation {
    Limits.atLeast("fan-in", 1, fanIn);
  }

  /// With 32-bit weights and activations as wide as the neuron makes them.
  public static ElementaryOperation of(int fanIn, Neuron neuron) {
    return new ElementaryOperation(fanIn, neuron, Convention.PAPER);
  }

  /// Once, n b_w bits of weights are read. Each sample repeats n + 1 activations of b_a bits (n
  /// read, one written), n synapses, one neuron.
  public LayerWork work() {
    UnitWork unit = new UnitWork(convention);
    Work perSample =
        unit.activation(neuron.bits())
            .times(fanIn + 1.0)
            .plus(unit.synapse(neuron.bits(), convention.additions().rate(0)).times(fanIn))
            .plus(unit.neuron(neuron));
    return LayerWork.of(
        0,
        "neuron",
        new LayerSize(fanIn, fanIn, 1),
        unit.weights(fanIn),
        perSample,
        unit.word(neuron),
        convention.scheme());
  }

  /// Equation 1: `e_EO = n b_w e_wM + (n + 1) b_a e_aM + e_S(n, b_a, b_w) + e_N`.
  public EnergyTerms energyOfOneSample(Technology technology) {
    return energyOfSamples(technology, 1);
  }

  /// Equation 2: `e_EO(T) = n b_w e_wM + T [(n + 1) b_a e_aM + e_S + e_N]`.
  ///
  /// @param samples T
  public EnergyTerms energyOfSamples(Technology technology, int samples) {
    return new EnergyModel(technology, convention).price(work().at(samples));
  }

  /// Equation 3: `E = N e_EO(T)`, a network of uniform neurons without weight reuse.
  ///
  /// @param neurons N
  public EnergyTerms energyOfNetwork(Technology technology, int samples, long neurons) {
    Limits.atLeast("neurons", 1, neurons);
    return energyOfSamples(technology, samples).times((double) neurons);
  }
}
