package org.pdnn.server.protocol;

import java.util.List;

/// An input or output of a model; -1 in its shape stands for any number.
public record TensorDescription(String name, Datatype datatype, List<Integer> shape) {
  public TensorDescription {
    shape = List.copyOf(shape);
  }
}
