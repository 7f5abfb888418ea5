package org.pdnn.network;

import java.util.Arrays;
import java.util.List;

/// A tensor of a file that was not read: it holds other numbers than [ElementType] knows, a single
/// number, or none.
///
/// @param type of its numbers, as the file writes it: `I8`
/// @param extents of the tensor; none of a single number
public record LeftAside(String name, String type, List<Integer> extents) {
  public LeftAside {
    extents = List.copyOf(extents);
  }

  /// Whether numbers of its type would be read.
  public boolean real() {
    return Arrays.stream(ElementType.values()).anyMatch(known -> known.name().equals(type));
  }
}
