package org.pdnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.AffineInputs;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;

/// Takes batch norms that no layer of weights precedes, such as a standardised input, into the
/// weights after them ([AffineInputs]).
final class FoldForward {
  private FoldForward() {}

  /// The network without the batch norms whose next layer, flattening aside, can take them.
  static Network apply(Network network) {
    List<Layer> layers = new ArrayList<>(network.layers());
    // From the end on: what comes after a batch norm may be one that is folded itself.
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (!(layers.get(i) instanceof BatchNorm norm)) {
        continue;
      }
      int next = i + 1;
      while (next < layers.size() && layers.get(next) instanceof Flatten) {
        next++;
      }
      if (next < layers.size()) {
        Optional<Layer> folded = AffineInputs.of(layers.get(next), norm.scales(), norm.shifts());
        if (folded.isPresent()) {
          layers.set(next, folded.get());
          layers.remove(i);
        }
      }
    }
    return new Network(network.input(), layers);
  }
}
