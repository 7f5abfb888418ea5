package org.pdnn.network;

import java.util.List;

/// A layer that reads two or more places.
public sealed interface Join extends Layer permits Add, Multiply, Concatenate, Attention {
  @Override
  default Shape output(Shape input) {
    return output(List.of(input));
  }

  /// The shape that all operands have.
  ///
  /// @throws IllegalArgumentException if there are fewer than two, or they differ
  static Shape same(List<Shape> inputs) {
    requireSeveral(inputs);
    for (Shape input : inputs) {
      if (!input.equals(inputs.getFirst())) {
        throw new IllegalArgumentException(
            "it joins places of one shape, got %s and %s; read others, or put a layer between"
                .formatted(inputs.getFirst(), input));
      }
    }
    return inputs.getFirst();
  }

  static void requireSeveral(List<Shape> inputs) {
    if (inputs.size() < 2) {
      throw new IllegalArgumentException("a join reads two places or more, got " + inputs.size());
    }
  }
}
