package org.pdnn.statedict;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// In which order saved layers come: as queues, each of which is passed from its first to its last,
/// however they are mixed.
enum Order {
  /// Layers of a form as they stand in the file.
  FILE {
    @Override
    List<List<SavedLayer>> queues(List<SavedLayer> layers) {
      return grouped(layers, SavedLayer::form);
    }
  },
  /// Layers whose names differ by numbers alone, by these.
  NUMBERS {
    @Override
    List<List<SavedLayer>> queues(List<SavedLayer> layers) {
      List<SavedLayer> sorted =
          layers.stream().sorted((a, b) -> Stem.of(a.name()).compareTo(Stem.of(b.name()))).toList();
      return grouped(sorted, layer -> List.of(layer.form(), Stem.of(layer.name()).text()));
    }
  },
  /// Any.
  NONE {
    @Override
    List<List<SavedLayer>> queues(List<SavedLayer> layers) {
      return layers.stream().map(List::of).toList();
    }
  };

  /// @param layers in the order of the file
  abstract List<List<SavedLayer>> queues(List<SavedLayer> layers);

  /// Whether a sequence of the layers passes through each queue from its first to its last.
  ///
  /// @param layers in the order of the file
  boolean keeps(List<SavedLayer> layers, List<SavedLayer> sequence) {
    return queues(layers).stream()
        .allMatch(queue -> queue.equals(sequence.stream().filter(queue::contains).toList()));
  }

  private static <K> List<List<SavedLayer>> grouped(
      List<SavedLayer> layers, Function<SavedLayer, K> key) {
    Map<K, List<SavedLayer>> groups =
        layers.stream()
            .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
    Collection<List<SavedLayer>> queues = groups.values();
    return List.copyOf(queues);
  }
}
