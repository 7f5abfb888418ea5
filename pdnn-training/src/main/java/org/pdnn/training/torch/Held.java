package org.pdnn.training.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// Tensors that outlive the scope in which they were made.
final class Held implements AutoCloseable {
  private final List<Tensor> tensors = new ArrayList<>();

  Tensor keep(Tensor tensor) {
    tensors.add(tensor.retainReference());
    return tensor;
  }

  /// Frees the tensors; a second time does nothing.
  @Override
  public void close() {
    tensors.forEach(Tensor::releaseReference);
    tensors.clear();
  }
}
