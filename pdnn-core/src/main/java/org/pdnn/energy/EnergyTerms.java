package org.pdnn.energy;

/// An energy by what it is spent on (paper, figures 5 and 6).
///
/// @param weights reading weights
/// @param activations reading and writing activations
/// @param cache reading and writing the keys and values of a language model
/// @param synapse multiplying and adding
/// @param neuron activation functions, random words and comparisons
/// @param overhead what elementary operations take beside their parts
public record EnergyTerms(
    Joules weights,
    Joules activations,
    Joules cache,
    Joules synapse,
    Joules neuron,
    Joules overhead) {
  public static final EnergyTerms ZERO =
      new EnergyTerms(Joules.ZERO, Joules.ZERO, Joules.ZERO, Joules.ZERO, Joules.ZERO, Joules.ZERO);

  /// What the work costs in a technology.
  public static EnergyTerms of(Work work, Technology technology) {
    return new EnergyTerms(
        cost(work, technology, Operation.WEIGHT_BIT),
        cost(work, technology, Operation.ACTIVATION_BIT),
        cost(work, technology, Operation.CACHE_BIT),
        cost(work, technology, Operation.MULTIPLY).plus(cost(work, technology, Operation.ADD)),
        cost(work, technology, Operation.ACTIVATE)
            .plus(cost(work, technology, Operation.DRAW))
            .plus(cost(work, technology, Operation.COMPARE)),
        cost(work, technology, Operation.OVERHEAD));
  }

  private static Joules cost(Work work, Technology technology, Operation operation) {
    return technology.cost(operation).times(work.count(operation));
  }

  public Joules total() {
    return weights.plus(activations).plus(cache).plus(synapse).plus(neuron).plus(overhead);
  }

  public EnergyTerms plus(EnergyTerms other) {
    return new EnergyTerms(
        weights.plus(other.weights),
        activations.plus(other.activations),
        cache.plus(other.cache),
        synapse.plus(other.synapse),
        neuron.plus(other.neuron),
        overhead.plus(other.overhead));
  }

  public EnergyTerms times(double factor) {
    return new EnergyTerms(
        weights.times(factor),
        activations.times(factor),
        cache.times(factor),
        synapse.times(factor),
        neuron.times(factor),
        overhead.times(factor));
  }
}
