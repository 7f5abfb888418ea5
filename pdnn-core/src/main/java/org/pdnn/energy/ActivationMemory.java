package org.pdnn.energy;

/// Where activations are kept between layers.
public enum ActivationMemory {
  /// In a memory of their own, beside the arithmetic: e_aM.
  CHIP("activations are kept in their own memory, however many samples there are"),
  /// In the memory of the weights: each bit costs e_wM. What T samples need may not fit elsewhere:
  /// [ActivationStorage].
  WEIGHTS("activations are kept in the weights' memory, each bit for e_wM (ours)");

  private final String assumption;

  ActivationMemory(String assumption) {
    this.assumption = assumption;
  }

  /// What is taken for granted, one sentence.
  String assumption() {
    return assumption;
  }

  /// The technology with its activations there.
  Technology in(Technology technology) {
    return switch (this) {
      case CHIP -> technology;
      case WEIGHTS -> technology.withActivationMemory(technology.cost(Operation.WEIGHT_BIT));
    };
  }
}
