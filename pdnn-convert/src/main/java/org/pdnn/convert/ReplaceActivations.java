package org.pdnn.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pdnn.names.Counted;
import org.pdnn.network.Activation;
import org.pdnn.network.AffineInputs;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Rewriting;

/// Puts p-bits in place of bounded activations: the mean of a p-bit is the activation. The
/// network's input and its output stay analog (paper, section 2).
final class ReplaceActivations {
  /// What stands in place of a neuron, and why.
  ///
  /// @param neuron empty where nothing does
  /// @param sentence what happened, with a place for the layers
  private record Replacement(Optional<Neuron> neuron, String sentence) {}

  private ReplaceActivations() {}

  static Change apply(Network network, Optional<Calibration> calibration) {
    Rewriting replaced = new Rewriting(network);
    Map<String, List<Integer>> sentences = new LinkedHashMap<>();
    int bits = 0;
    List<Integer> hidden = network.hiddenNeurons();
    for (int i = 0; i < network.layers().size(); i++) {
      if (!(network.layers().get(i) instanceof Neurons(Neuron neuron))) {
        replaced.keep(i);
        continue;
      }
      Replacement replacement =
          replacement(
              neuron, hidden.contains(i) ? Optional.empty() : Optional.of(side(network, i)));
      List<Integer> reads = network.reads(i).stream().map(replaced::now).toList();
      if (replacement.neuron().isPresent()) {
        replaced.put(i, new Neurons(replacement.neuron().get()), reads);
      } else {
        replaced.same(i, reads.getFirst());
      }
      sentences.computeIfAbsent(replacement.sentence(), key -> new ArrayList<>()).add(i);
      bits += replacement.neuron().filter(Neuron.PBit.class::isInstance).isPresent() ? 1 : 0;
    }
    List<String> details = new ArrayList<>();
    sentences.forEach((sentence, where) -> details.add(sentence.formatted(network.listed(where))));
    return new Change(
        replaced.network(),
        bits == 0
            ? "nothing, no hidden activation is bounded"
            : Counted.of(bits, "layer") + " of p-bits",
        details);
  }

  /// @param side the side of the network on which the neuron is, if it is not hidden
  private static Replacement replacement(Neuron neuron, Optional<String> side) {
    Optional<Neuron> same = Optional.of(neuron);
    if (neuron.random()) {
      return new Replacement(same, neuron + " at %s kept: it is random already");
    }
    if (neuron.activation() == Activation.IDENTITY) {
      return new Replacement(Optional.empty(), "identity at %s left out");
    }
    if (side.isPresent()) {
      return new Replacement(
          same, neuron + " at %s kept: the network's " + side.get() + " stays analog");
    }
    if (!neuron.activation().bounded()) {
      return new Replacement(same, neuron + " at %s kept: its outputs have no bound");
    }
    Neuron pbit = new Neuron.PBit(neuron.activation());
    return new Replacement(Optional.of(pbit), neuron + " at %s became " + pbit);
  }

  /// Where neurons are that are not hidden.
  private static String side(Network network, int index) {
    boolean weighted =
        network.layers().subList(0, index).stream()
            .anyMatch(layer -> AffineInputs.count(layer) > 0);
    return weighted ? "output" : "input";
  }
}
