package org.pdnn.reproduction;

import org.pdnn.energy.EnergyModel;
import org.pdnn.energy.Joules;
import org.pdnn.energy.UnitWork;
import org.pdnn.energy.Work;
import org.pdnn.network.Neuron;

/// How many operations the paper counted for figure 6 beside those of the network. Two energies of
/// the paper that exceed ours, of one sample of the p-DNN and of its twin, are two equations in two
/// counts:
///
///     macs (b_a e_aM + e_syn) + neurons (e_neuron + b_a e_aM) = excess
///
/// @param macs multiply-accumulates, and additions of the p-DNN
/// @param neurons neurons
record Surplus(double macs, double neurons) {
  /// @param sample what the paper's energy of one sample has more than ours
  /// @param twin what its energy of the deterministic twin has more than ours
  static Surplus of(EnergyModel model, Neuron neuron, Joules sample, Joules twin) {
    Neuron deterministic = neuron.twin();
    double a = mac(model, neuron).picojoules();
    double b = neuron(model, neuron).picojoules();
    double c = mac(model, deterministic).picojoules();
    double d = neuron(model, deterministic).picojoules();
    double determinant = a * d - b * c;
    return new Surplus(
        (d * sample.picojoules() - b * twin.picojoules()) / determinant,
        (a * twin.picojoules() - c * sample.picojoules()) / determinant);
  }

  private static Joules mac(EnergyModel model, Neuron neuron) {
    UnitWork unit = new UnitWork(model.convention());
    double rate = model.convention().additions().rate(0);
    return price(model, unit.synapse(neuron.bits(), rate).plus(unit.activation(neuron.bits())));
  }

  private static Joules neuron(EnergyModel model, Neuron neuron) {
    UnitWork unit = new UnitWork(model.convention());
    Work one = unit.neuron(neuron).plus(unit.word(neuron));
    return price(model, one.plus(unit.activation(neuron.bits())));
  }

  private static Joules price(EnergyModel model, Work work) {
    return model.price(work).total();
  }
}
