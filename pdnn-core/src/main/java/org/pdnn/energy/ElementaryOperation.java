package org.pdnn.energy;

import org.pdnn.network.Neuron;

/// One neuron with its synapses, the paper's elementary operation (EO): its inputs come from
/// neurons like itself.
///
/// @param fanIn synapses, n
/// @param neuron what the sum passes through; its bits decide whether a synapse multiplies
/// @param weightBits b_w, bits that one weight takes in memory
/// @param activationBits b_a, bits that one activation takes in memory: 1 for a p-bit, but 32 for
///   both designs of figure 8
public record ElementaryOperation(int fanIn, Neuron neuron, int weightBits, int activationBits) {
  public ElementaryOperation {
    Check.requireAtLeastOne("fan-in", fanIn);
    Check.requireAtLeastOne("weight bits", weightBits);
    Check.requireAtLeastOne("activation bits", activationBits);
  }

  /// With 32-bit weights and activations as wide as the neuron makes them.
  public static ElementaryOperation of(int fanIn, Neuron neuron) {
    return new ElementaryOperation(fanIn, neuron, UnitWork.FULL, neuron.bits());
  }

  /// What is done once, however many samples are drawn: n b_w bits of weights are read.
  public Work once() {
    return Work.of(Operation.WEIGHT_BIT, (double) fanIn * weightBits);
  }

  /// What each sample repeats: n + 1 activations of b_a bits (n read, one written), n synapses, one
  /// neuron.
  public Work perSample() {
    return UnitWork.activation(activationBits)
        .times(fanIn + 1L)
        .plus(UnitWork.synapse(neuron.bits()).times(fanIn))
        .plus(UnitWork.neuron(neuron));
  }

  /// Equation 1: `e_EO = n b_w e_wM + (n + 1) b_a e_aM + e_S(n, b_a, b_w) + e_N`.
  public EnergyTerms energyOfOneSample(Technology technology) {
    return energyOfSamples(technology, 1);
  }

  /// Equation 2: `e_EO(T) = n b_w e_wM + T [(n + 1) b_a e_aM + e_S + e_N]`.
  ///
  /// @param samples T
  public EnergyTerms energyOfSamples(Technology technology, int samples) {
    Check.requireAtLeastOne("samples", samples);
    return EnergyTerms.of(once().plus(perSample().times(samples)), technology);
  }

  /// Equation 3: `E = N e_EO(T)`, a network of like neurons without weight reuse.
  ///
  /// @param neurons N
  public EnergyTerms energyOfNetwork(Technology technology, int samples, long neurons) {
    Check.requireAtLeastOne("neurons", neurons);
    return energyOfSamples(technology, samples).times((double) neurons);
  }
}
