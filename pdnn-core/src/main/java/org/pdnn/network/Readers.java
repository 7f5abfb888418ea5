package org.pdnn.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which layers read the outputs of which.
public final class Readers {
  private final List<List<Integer>> byLayer;

  private Readers(List<List<Integer>> byLayer) {
    this.byLayer = byLayer;
  }

  public static Readers of(Network network) {
    return of(network.places());
  }

  private static Readers of(List<Place> places) {
    List<List<Integer>> byLayer = new ArrayList<>();
    places.forEach(_ -> byLayer.add(new ArrayList<>()));
    byLayer.add(new ArrayList<>());
    for (int i = 0; i < places.size(); i++) {
      for (int from : places.get(i).reads()) {
        byLayer.get(from + 1).add(i);
      }
    }
    return new Readers(byLayer);
  }

  /// The layers that read a layer's output, in order; one that reads it twice, twice.
  ///
  /// @param layer by index; [Place#INPUT] for the network's input
  public List<Integer> of(int layer) {
    return List.copyOf(byLayer.get(layer + 1));
  }

  /// Whether one layer alone reads a layer's output.
  public boolean single(int layer) {
    return byLayer.get(layer + 1).size() == 1;
  }

  /// The last layer that reads a layer's output: after it, that is not needed any more. Of the last
  /// layer, whose output is the network's, the number of layers.
  public int last(int layer) {
    List<Integer> readers = byLayer.get(layer + 1);
    return readers.isEmpty() ? byLayer.size() - 1 : readers.getLast();
  }

  /// Refuses places of which no network can be made.
  ///
  /// @throws IllegalArgumentException naming the layer
  static void require(List<Place> places) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < places.size(); i++) {
      Place place = places.get(i);
      String name = place.name().orElse(Integer.toString(i));
      if (!names.add(name)) {
        throw new IllegalArgumentException("two layers are called '%s'".formatted(name));
      }
      if (place.reads().isEmpty()) {
        throw new IllegalArgumentException("layer %s reads nothing".formatted(name));
      }
      for (int from : place.reads()) {
        if (from < Place.INPUT || from >= i) {
          throw new IllegalArgumentException(
              "layer %s reads layer %s, but a layer reads those before it and the input"
                  .formatted(name, from));
        }
      }
    }
    Readers readers = of(places);
    for (int i = 0; i + 1 < places.size(); i++) {
      if (readers.of(i).isEmpty()) {
        throw new IllegalArgumentException(
            "nothing reads layer %s; let a layer read it or leave it out, as the last layer alone is the output"
                .formatted(places.get(i).name().orElse(Integer.toString(i))));
      }
    }
  }
}
