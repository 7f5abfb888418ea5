package org.pdnn.energy;

/// An energy by what it is spent on (paper, figure 6).
///
/// @param weights reading weights
/// @param activations reading and writing activations
/// @param synapse multiplying and adding
/// @param neuron activation functions, random words and comparisons
public record EnergyTerms(Joules weights, Joules activations, Joules synapse, Joules neuron) {
  public static final EnergyTerms ZERO =
      new EnergyTerms(Joules.ZERO, Joules.ZERO, Joules.ZERO, Joules.ZERO);

  /// What the work costs in a technology.
  public static EnergyTerms of(Work work, Technology technology) {
    return new EnergyTerms(
        cost(work, technology, Operation.WEIGHT_BIT),
        cost(work, technology, Operation.ACTIVATION_BIT),
        cost(work, technology, Operation.MULTIPLY).plus(cost(work, technology, Operation.ADD)),
        cost(work, technology, Operation.ACTIVATE)
            .plus(cost(work, technology, Operation.DRAW))
            .plus(cost(work, technology, Operation.COMPARE)));
  }

  private static Joules cost(Work work, Technology technology, Operation operation) {
    return technology.cost(operation).times(work.count(operation));
  }

  public Joules total() {
    return weights.plus(activations).plus(synapse).plus(neuron);
  }

  public EnergyTerms plus(EnergyTerms other) {
    return new EnergyTerms(
        weights.plus(other.weights),
        activations.plus(other.activations),
        synapse.plus(other.synapse),
        neuron.plus(other.neuron));
  }

  public EnergyTerms times(double factor) {
    return new EnergyTerms(
        weights.times(factor),
        activations.times(factor),
        synapse.times(factor),
        neuron.times(factor));
  }
}
