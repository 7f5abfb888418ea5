package org.pdnn.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pdnn.network.AffineInputs;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Readers;
import org.pdnn.network.Rewriting;

/// Takes batch norms that no layer of weights precedes, such as a standardised input, into the
/// weights after them ([AffineInputs]).
final class FoldForward {
  private FoldForward() {}

  /// The network without the batch norms whose next layer, flattening aside, can take them.
  static Network apply(Network network) {
    List<Layer> layers = new ArrayList<>(network.layers());
    Readers readers = Readers.of(network);
    Set<Integer> folded = new HashSet<>();
    // From the end on: what comes after a batch norm may be one that is folded itself.
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (!(layers.get(i) instanceof BatchNorm norm)) {
        continue;
      }
      int next = i;
      do {
        next = readers.single(next) ? readers.of(next).getFirst() : layers.size();
      } while (next < layers.size()
          && (layers.get(next) instanceof Flatten || folded.contains(next)));
      if (next < layers.size()) {
        Optional<Layer> taken = AffineInputs.of(layers.get(next), norm.scales(), norm.shifts());
        if (taken.isPresent()) {
          layers.set(next, taken.get());
          folded.add(i);
        }
      }
    }
    return without(network.withLayers(layers), folded);
  }

  private static Network without(Network network, Set<Integer> folded) {
    Rewriting rest = new Rewriting(network);
    for (int i = 0; i < network.layers().size(); i++) {
      if (folded.contains(i)) {
        rest.same(i, rest.now(network.reads(i).getFirst()));
      } else {
        rest.keep(i);
      }
    }
    return rest.network();
  }
}
