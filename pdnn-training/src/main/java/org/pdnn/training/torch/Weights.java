package org.pdnn.training.torch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// The tensors of a network in libtorch, as its layers read them.
interface Weights {
  /// The tensor of a name, as in `3.weight`.
  Tensor get(String name);

  /// The same of tensors by their names.
  static Tensor among(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("there is no tensor '" + name + "'");
    }
    return tensor;
  }
}
