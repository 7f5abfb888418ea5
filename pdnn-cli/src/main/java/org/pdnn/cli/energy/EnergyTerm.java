package org.pdnn.cli.energy;

import java.util.Arrays;
import java.util.List;
import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.EnergyTerms;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Operation;
import org.pdnn.names.Choice;

/// What an energy is spent on, and all of it.
enum EnergyTerm {
  WEIGHTS,
  ACTIVATIONS,
  CACHE,
  SYNAPSE,
  NEURON,
  OVERHEAD,
  TOTAL;

  /// Those that a workload has: networks have no cache, most technologies no overhead.
  static List<EnergyTerm> of(EnergyModel model, boolean language) {
    boolean overhead = model.technology().constants().containsKey(Operation.OVERHEAD);
    return Arrays.stream(values())
        .filter(term -> (term != CACHE || language) && (term != OVERHEAD || overhead))
        .toList();
  }

  Joules of(EnergyTerms energy) {
    return switch (this) {
      case WEIGHTS -> energy.weights();
      case ACTIVATIONS -> energy.activations();
      case CACHE -> energy.cache();
      case SYNAPSE -> energy.synapse();
      case NEURON -> energy.neuron();
      case OVERHEAD -> energy.overhead();
      case TOTAL -> energy.total();
    };
  }

  String key() {
    return this + "Nanojoules";
  }

  @Override
  public String toString() {
    return Choice.name(this);
  }
}
