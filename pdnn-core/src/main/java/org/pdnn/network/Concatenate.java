package org.pdnn.network;

import java.util.ArrayList;
import java.util.List;

/// Places one after the other along their first dimension, the channels of images: those dimensions
/// may differ, the others are equal.
public record Concatenate() implements Join {
  @Override
  public Shape output(List<Shape> inputs) {
    Join.requireSeveral(inputs);
    List<Integer> joined = new ArrayList<>(inputs.getFirst().dimensions());
    int first = 0;
    for (Shape input : inputs) {
      List<Integer> rest = input.dimensions().subList(1, input.rank());
      if (!rest.equals(joined.subList(1, joined.size()))) {
        throw new IllegalArgumentException(
            "it joins places that differ in their first dimension alone, got %s and %s"
                .formatted(inputs.getFirst(), input));
      }
      first = Math.addExact(first, input.dimension(0));
    }
    joined.set(0, first);
    return new Shape(joined);
  }
}
