package org.pdnn.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.network.Activation;
import org.pdnn.network.AffineOutputs;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Puts p-bits in place of bounded activations: the mean of a p-bit is the activation. The
/// network's input and its output stay analog (paper, section 2).
final class ReplaceActivations implements Pass {
  /// What stands in place of a neuron, and why.
  ///
  /// @param neuron empty where nothing does
  /// @param told a sentence with a place for the layers
  private record Replacement(Optional<Neuron> neuron, String told) {}

  @Override
  public String name() {
    return "replace-activations";
  }

  @Override
  public String purpose() {
    return "put p-bits in place of sigmoid, tanh and clip";
  }

  @Override
  public Change apply(Network network, Optional<Calibration> calibration) {
    List<Layer> layers = new ArrayList<>();
    Map<String, List<Integer>> told = new LinkedHashMap<>();
    int bits = 0;
    for (int i = 0; i < network.layers().size(); i++) {
      if (!(network.layers().get(i) instanceof Neurons(Neuron neuron))) {
        layers.add(network.layers().get(i));
        continue;
      }
      Replacement replacement = replacement(network, i, neuron);
      replacement.neuron().map(Neurons::new).ifPresent(layers::add);
      told.computeIfAbsent(replacement.told(), key -> new ArrayList<>()).add(i);
      bits += replacement.neuron().filter(Neuron.PBit.class::isInstance).isPresent() ? 1 : 0;
    }
    List<String> details = new ArrayList<>();
    told.forEach((sentence, where) -> details.add(sentence.formatted(Layers.list(where))));
    return new Change(
        new Network(network.input(), layers),
        bits == 0 ? "nothing, no hidden activation is bounded" : bits + " layers of p-bits",
        details);
  }

  private static Replacement replacement(Network network, int index, Neuron neuron) {
    Optional<Neuron> same = Optional.of(neuron);
    if (neuron.random()) {
      return new Replacement(same, neuron + " at %s kept: it is random already");
    }
    if (neuron.activation() == Activation.IDENTITY) {
      return new Replacement(Optional.empty(), "identity at %s left out");
    }
    if (!weighted(network.layers().subList(0, index))) {
      return new Replacement(same, neuron + " at %s kept: the network's input stays analog");
    }
    if (!weighted(network.layers().subList(index + 1, network.layers().size()))) {
      return new Replacement(same, neuron + " at %s kept: the network's output stays analog");
    }
    if (!neuron.activation().bounded()) {
      return new Replacement(same, neuron + " at %s kept: its outputs have no bound");
    }
    Neuron pbit = new Neuron.PBit(neuron.activation());
    return new Replacement(Optional.of(pbit), neuron + " at %s became " + pbit);
  }

  private static boolean weighted(List<Layer> layers) {
    return layers.stream().anyMatch(AffineOutputs::possible);
  }
}
