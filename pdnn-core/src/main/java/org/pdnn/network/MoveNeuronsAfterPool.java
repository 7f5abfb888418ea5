package org.pdnn.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Swaps deterministic neurons with the max pool after them: where an activation never falls, the
/// maximum of its outputs is the output of the maximum. The same function, with fewer neurons to
/// compute. Random neurons stay, since each of them draws for itself; so do those before an average
/// pool, since the mean of outputs is not the output of the mean, and those that others read too.
public final class MoveNeuronsAfterPool {
  private MoveNeuronsAfterPool() {}

  /// The network with each max pool before the deterministic neurons that it followed.
  public static Network apply(Network network) {
    Readers readers = Readers.of(network);
    List<Layer> layers = new ArrayList<>(network.layers());
    List<Place> places = new ArrayList<>(network.places());
    for (int i = 0; i < layers.size(); i++) {
      int at = i;
      while (layers.get(at) instanceof MaxPool && movable(at, network, layers, readers)) {
        // The pool takes the place of the neurons; each keeps its name, not what it reads.
        int before = network.reads(at).getFirst();
        Collections.swap(layers, at, before);
        Place pool = places.get(at);
        Place neurons = places.get(before);
        places.set(at, neurons.reading(pool.reads()));
        places.set(before, pool.reading(neurons.reads()));
        at = before;
      }
    }
    return new Network(network.input(), layers, places);
  }

  /// Whether a layer reads deterministic neurons that it alone reads.
  private static boolean movable(int at, Network network, List<Layer> layers, Readers readers) {
    int before = network.reads(at).getFirst();
    return before != Place.INPUT
        && readers.single(before)
        && layers.get(before) instanceof Neurons(Neuron neuron)
        && !neuron.random()
        && neuron.activation().rising();
  }
}
