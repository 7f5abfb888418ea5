package org.pdnn.network;

import java.util.List;
import java.util.Optional;
import org.pdnn.names.Printable;

/// Where a layer stands in a network.
///
/// @param name what it is called, as in `layer1.0.conv1`, and what the names of its tensors begin
///   with; empty if that is its index
/// @param reads the layers whose outputs it reads, by index, in the order of its operands; [#INPUT]
///   for the network's input
public record Place(Optional<String> name, List<Integer> reads) {
  /// Stands for the network's input among what a layer reads.
  public static final int INPUT = -1;

  private static final int LONGEST_NAME = 200;

  public Place {
    reads = List.copyOf(reads);
    name.ifPresent(Place::requireName);
  }

  private static void requireName(String name) {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a layer's name must be 1 to %s characters, got '%s'"
              .formatted(LONGEST_NAME, Printable.of(name, 40)));
    }
  }

  /// Behind the layer before it, without a name.
  public static Place behind(int layer) {
    return new Place(Optional.empty(), List.of(layer));
  }

  /// The same reading others.
  Place reading(List<Integer> others) {
    return new Place(name, others);
  }
}
