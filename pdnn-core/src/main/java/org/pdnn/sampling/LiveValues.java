package org.pdnn.sampling;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.pdnn.network.Place;

/// What the layers of a network give while they are computed in their order: a value is dropped
/// after its last reader, so that there are never more than in the network's widest cut.
///
/// @param <T> the outputs of a layer
final class LiveValues<T> {
  private final List<List<Integer>> reads;

  /// By layer, after the input: the last that reads it.
  private final int[] last;

  private final Map<Integer, T> values = new HashMap<>();

  /// @param reads by layer: the layers that it reads
  LiveValues(List<List<Integer>> reads, T input) {
    this.reads = reads;
    this.last = new int[reads.size() + 1];
    Arrays.fill(last, reads.size());
    for (int layer = 0; layer < reads.size(); layer++) {
      for (int from : reads.get(layer)) {
        last[from + 1] = layer;
      }
    }
    values.put(Place.INPUT, input);
  }

  /// What a layer reads, in the order of its operands.
  List<T> read(int layer) {
    return reads.get(layer).stream().map(this::of).toList();
  }

  /// Takes what a layer gives and drops what no later layer reads.
  void write(int layer, T value) {
    reads.get(layer).stream().filter(from -> last[from + 1] == layer).forEach(values::remove);
    values.put(layer, value);
  }

  /// What the last layer gave.
  T output() {
    return of(reads.size() - 1);
  }

  /// Those that are still to be read, or the output.
  Collection<T> all() {
    return values.values();
  }

  private T of(int layer) {
    return Objects.requireNonNull(values.get(layer), "value");
  }
}
