package org.pdnn.ising.dynamics;

import java.util.Map;
import java.util.TreeMap;
import org.pdnn.energy.Convention;
import org.pdnn.energy.ElementaryOperation;
import org.pdnn.energy.Joules;
import org.pdnn.energy.Technology;
import org.pdnn.ising.IsingModel;
import org.pdnn.network.Neuron;

/// What a sweep takes on p-bits of a technology: an elementary operation (equation 1) for each
/// spin, with as many synapses as it has neighbours and triples. Its couplings are read anew, as
/// the next update is that of another spin.
public final class SweepEnergy {
  private static final Neuron PBIT = Neuron.parse("pbit:tanh");

  private SweepEnergy() {}

  /// The energy of a sweep of one replica.
  ///
  /// @param convention its widths are the bits of a coupling and of a spin
  public static Joules of(IsingModel model, Technology technology, Convention convention) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int spin = 0; spin < model.size(); spin++) {
      // A spin without neighbours still has its field.
      int triples = model.triples().start(spin + 1) - model.triples().start(spin);
      counts.merge(Math.max(1, model.degree(spin) + triples), 1, Integer::sum);
    }
    Joules sum = Joules.ZERO;
    for (Map.Entry<Integer, Integer> degree : counts.entrySet()) {
      ElementaryOperation update = new ElementaryOperation(degree.getKey(), PBIT, convention);
      sum = sum.plus(update.energyOfOneSample(technology).total().times(degree.getValue()));
    }
    return sum;
  }
}
