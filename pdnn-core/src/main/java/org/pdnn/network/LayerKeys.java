package org.pdnn.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pdnn.names.Nearest;
import org.pdnn.names.Printable;

/// What layers may say of themselves in JSON. What is not known is refused, as a key that is
/// misspelt would otherwise make another network.
final class LayerKeys {
  private LayerKeys() {}

  /// The keys of a layer, those that may be left out too.
  static Set<String> of(Layer layer) {
    Set<String> known = new TreeSet<>(List.of(Architecture.NAME, Architecture.READS));
    Architecture.toJson(layer).fieldNames().forEachRemaining(known::add);
    switch (layer) {
      case Convolution _ -> {
        known.addAll(WindowKeys.CONVOLUTION);
        known.add(Architecture.GROUPS);
      }
      case MaxPool _ -> known.addAll(WindowKeys.POOL);
      case AveragePool _ -> {
        known.addAll(WindowKeys.POOL);
        known.add(Architecture.COUNT_PADDING);
      }
      case Attention _ -> known.add(Architecture.CAUSAL);
      case Weighted _, Scaling _, GlobalAveragePool _, Rearrangement _, Neurons _, Join _ -> {}
    }
    return known;
  }

  /// @throws IllegalArgumentException naming the first key that is none of these
  static void require(JsonNode node, Set<String> known) {
    node.fieldNames()
        .forEachRemaining(key -> {
          if (!known.contains(key)) {
            String unknown = Printable.of(key, 40);
            throw new IllegalArgumentException(
                "'%s' is not known%s; use %s"
                    .formatted(
                        unknown,
                        Nearest.suggestion(unknown, known),
                        String.join(", ", new TreeSet<>(known))));
          }
        });
  }
}
