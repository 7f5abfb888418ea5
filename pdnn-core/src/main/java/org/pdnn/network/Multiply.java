package org.pdnn.network;

import java.util.List;

/// The product of places of one shape, value by value: a gate.
public record Multiply() implements Join {
  @Override
  public Shape output(List<Shape> inputs) {
    return Join.same(inputs);
  }
}
