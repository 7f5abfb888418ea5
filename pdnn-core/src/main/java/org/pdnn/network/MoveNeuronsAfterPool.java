package org.pdnn.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Swaps deterministic neurons with the max pool after them: activations never fall, so the maximum
/// of their outputs is the output of the maximum. The same function, with fewer neurons to compute.
/// Random neurons stay, since each of them draws for itself; so do those before an average pool,
/// since the mean of outputs is not the output of the mean.
public final class MoveNeuronsAfterPool {
  private MoveNeuronsAfterPool() {}

  /// The network with each max pool before the deterministic neurons that it followed.
  public static Network apply(Network network) {
    List<Layer> layers = new ArrayList<>(network.layers());
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i) instanceof MaxPool) {
        for (int at = i; at > 0 && deterministic(layers.get(at - 1)); at--) {
          Collections.swap(layers, at, at - 1);
        }
      }
    }
    return new Network(network.input(), layers);
  }

  private static boolean deterministic(Layer layer) {
    return layer instanceof Neurons(Neuron neuron) && !neuron.random();
  }
}
