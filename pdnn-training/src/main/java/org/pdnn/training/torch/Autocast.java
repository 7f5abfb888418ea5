package org.pdnn.training.torch;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Arithmetic;

/// Products in fewer bits, on this thread, until it is closed.
///
/// Each pass rounds the weights for itself. libtorch would keep rounded ones, but in one store a
/// process, which any thread that ends a step empties: how often weights are rounded, and so the
/// order of the sums of gradients, would depend on other trainings. And so the gradients of the
/// passes of a step are summed in 32 bits.
final class Autocast implements AutoCloseable {
  private final DeviceType device;
  private final boolean on;

  Autocast(Arithmetic arithmetic, Accelerator accelerator) {
    device = accelerator == Accelerator.CPU ? DeviceType.CPU : DeviceType.CUDA;
    on = arithmetic == Arithmetic.BFLOAT16;
    if (on) {
      torch.set_autocast_dtype(device, ScalarType.BFloat16);
      torch.set_autocast_cache_enabled(false);
      torch.set_autocast_enabled(device, true);
    }
  }

  @Override
  public void close() {
    if (on) {
      torch.set_autocast_enabled(device, false);
    }
  }
}
