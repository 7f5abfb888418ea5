package org.pdnn.training.torch;

import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Arithmetic;

/// Products in fewer bits, on this thread, until it is closed. Weights are rounded once for all
/// passes of a step.
final class Autocast implements AutoCloseable {
  private final DeviceType device;
  private final boolean on;

  Autocast(Arithmetic arithmetic, Accelerator accelerator) {
    device = accelerator == Accelerator.CPU ? DeviceType.CPU : DeviceType.CUDA;
    on = arithmetic == Arithmetic.BFLOAT16;
    if (on) {
      torch.set_autocast_dtype(device, ScalarType.BFloat16);
      torch.set_autocast_enabled(device, true);
    }
  }

  @Override
  public void close() {
    if (on) {
      torch.set_autocast_enabled(device, false);
      torch.clear_cache();
    }
  }
}
