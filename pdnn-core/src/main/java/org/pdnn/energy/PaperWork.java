package org.pdnn.energy;

import java.util.List;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Equation 4 as the paper fills it in: one kind of neuron for the whole network,
/// [Convention#PAPER].
final class PaperWork {
  private PaperWork() {}

  static List<LayerWork> of(Network network) {
    Neuron neuron = hidden(network);
    return Counts.of(network).layers().stream()
        .map(layer -> work(layer, neuron, network.random()))
        .toList();
  }

  private static LayerWork work(LayerCounts layer, Neuron neuron, boolean random) {
    Work weights = UnitWork.weights(layer.weights());
    Work activation = UnitWork.activation(neuron.bits());
    Work synapses = UnitWork.synapse(neuron.bits()).plus(activation).times(layer.macs());
    Work neurons = UnitWork.neuron(neuron).plus(activation).times(layer.neuronCount());
    Work pass = synapses.plus(neurons);
    return random
        ? new LayerWork(layer.index(), layer.name(), weights, pass)
        : new LayerWork(layer.index(), layer.name(), weights.plus(pass), Work.NONE);
  }

  /// The kind that the whole network is charged as: its first random neuron, else its first.
  private static Neuron hidden(Network network) {
    int from = network.random() ? network.firstRandomLayer() : 0;
    return network.layers().stream()
        .skip(from)
        .filter(Neurons.class::isInstance)
        .map(layer -> ((Neurons) layer).neuron())
        .findFirst()
        .orElse(Counts.LINEAR);
  }
}
