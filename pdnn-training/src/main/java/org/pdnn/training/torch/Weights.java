package org.pdnn.training.torch;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/// The tensors of a network in libtorch, as its layers read them.
interface Weights {
  /// The tensor that PyTorch names `LAYER.NAME`, as in `3.weight`.
  Tensor get(int layer, String name);

  /// The same of tensors by their names.
  static Tensor among(Map<String, Tensor> tensors, int layer, String name) {
    Tensor tensor = tensors.get(layer + "." + name);
    if (tensor == null) {
      throw new IllegalStateException("layer " + layer + " has no tensor '" + name + "'");
    }
    return tensor;
  }
}
