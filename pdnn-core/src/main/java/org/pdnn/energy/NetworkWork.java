package org.pdnn.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pdnn.network.Attention;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Join;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Scaling;

/// Networks as a workload.
///
/// @param networks one after the other or side by side; layers are numbered throughout
record NetworkWork(String name, List<Network> networks) implements Workload {
  NetworkWork {
    networks = List.copyOf(networks);
  }

  @Override
  public List<LayerWork> work(Convention convention) {
    List<LayerWork> work = new ArrayList<>();
    int weightLayers = 0;
    for (Network network : networks) {
      weightLayers = new NetworkLayers(network, convention, weightLayers).addTo(work);
    }
    return work;
  }

  @Override
  public List<String> assumptions() {
    List<String> assumptions = new ArrayList<>();
    if (any(
        layer ->
            layer instanceof Attention
                || (layer instanceof Scaling && !(layer instanceof BatchNorm)))) {
      assumptions.add(
          "norms at each position, softmax and attention cost the products, sums and look-ups of"
              + " their definitions; each product of attention reads a key or a value (ours)");
    }
    if (any(layer -> layer instanceof Join && !(layer instanceof Attention))) {
      assumptions.add(
          "joins read their operands, add or multiply them, and write what does not go straight"
              + " into neurons (ours)");
    }
    return assumptions;
  }

  private boolean any(Predicate<Layer> kind) {
    return networks.stream().flatMap(network -> network.layers().stream()).anyMatch(kind);
  }

  @Override
  public Optional<Neuron> hidden() {
    return networks.stream()
        .filter(Network::random)
        .findFirst()
        .or(() -> networks.stream().findFirst())
        .map(NetworkLayers::hidden);
  }

  @Override
  public Workload withHidden(Neuron neuron) {
    return new NetworkWork(
        name, networks.stream().map(network -> network.withHiddenNeurons(_ -> neuron)).toList());
  }

  @Override
  public Workload twin() {
    return new NetworkWork(
        name,
        networks.stream().map(network -> network.withNeurons(neuron -> neuron.twin())).toList());
  }
}
