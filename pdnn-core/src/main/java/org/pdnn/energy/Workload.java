package org.pdnn.energy;

import java.util.List;
import java.util.Optional;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// Something whose inference has a price: a network, uniform neurons, a language model.
public interface Workload {
  /// A network.
  static Workload of(Network network) {
    return new NetworkWork("network", List.of(network));
  }

  /// Networks that an input passes one after the other or side by side.
  static Workload of(String name, List<Network> networks) {
    return new NetworkWork(name, networks);
  }

  /// What to call it in a report.
  String name();

  /// How often each layer does what, by a convention.
  List<LayerWork> work(Convention convention);

  /// The same with deterministic neurons of 32 bits, which gains are relative to.
  Workload twin();

  /// The same with hidden neurons of another kind.
  Workload withHidden(Neuron neuron);

  /// The kind of its hidden neurons, if there is one: the first random one, else the first.
  default Optional<Neuron> hidden() {
    return Optional.empty();
  }

  /// The networks that it consists of, if it is made of any.
  default List<Network> networks() {
    return List.of();
  }

  /// What is taken for granted beside the convention's assumptions, one sentence each.
  default List<String> assumptions() {
    return List.of();
  }

  /// The weights that [BitWidths#edge] is for.
  default String edgeWeights() {
    return Convention.EDGE;
  }

  /// The work of all layers for T samples.
  default Work work(Convention convention, int samples) {
    return work(convention).stream().map(layer -> layer.at(samples)).reduce(Work.NONE, Work::plus);
  }
}
