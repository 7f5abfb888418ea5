package org.pdnn.cli.advise;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.pdnn.network.Activation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// A user's network as a p-DNN, and as deterministic networks of few-bit activations; nothing is
/// retrained.
///
/// @param pdnn with p-bits
/// @param twins with activations of 32, 8, 3, 2 and 1 bits
/// @param placed whether the p-bits were put in here
record Variants(Network pdnn, List<Network> twins, boolean placed) {
  private static final List<Integer> BITS = List.of(32, 8, 3, 2, 1);

  /// @throws IllegalArgumentException if its neurons can be neither p-bits nor of few bits
  static Variants of(Network network) {
    List<Network> twins = new ArrayList<>();
    for (int bits : BITS) {
      twins.add(swapped(network, neuron -> new Neuron.Deterministic(bounded(neuron), bits)));
    }
    return network.random()
        ? new Variants(network, twins, false)
        : new Variants(swapped(network, neuron -> new Neuron.PBit(bounded(neuron))), twins, true);
  }

  private static Network swapped(Network network, UnaryOperator<Neuron> change) {
    return network.withHiddenNeurons(change);
  }

  private static Activation bounded(Neuron neuron) {
    Activation activation = neuron.activation();
    if (!activation.bounded()) {
      throw new IllegalArgumentException(
          "%s neurons can be neither p-bits nor of few bits as they are; make a p-DNN of the network by pdnn convert"
              .formatted(activation));
    }
    return activation;
  }
}
