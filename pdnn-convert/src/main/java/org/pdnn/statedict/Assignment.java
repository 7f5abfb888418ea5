package org.pdnn.statedict;

import java.util.ArrayList;
import java.util.List;

/// Which saved layer is which layer with tensors, in the order of the network.
///
/// @param layout in which the saved weights lie
record Assignment(List<SavedLayer> layers, Layout layout) {
  Assignment {
    layers = List.copyOf(layers);
  }

  /// Whether both make the same network.
  boolean same(Assignment other) {
    boolean same = layout == other.layout;
    for (int i = 0; i < layers.size() && same; i++) {
      same = layers.get(i).sameTensors(other.layers.get(i));
    }
    return same;
  }

  /// The layers on which two assignments differ, by the names of their tensors.
  ///
  /// @return for the one, then for the other
  List<List<String>> differences(Assignment other) {
    List<List<String>> both = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i) != other.layers.get(i)) {
        both.get(0).add(layers.get(i).label());
        both.get(1).add(other.layers.get(i).label());
      }
    }
    return both;
  }
}
