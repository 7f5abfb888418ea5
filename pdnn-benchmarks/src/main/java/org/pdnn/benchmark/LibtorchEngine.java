package org.pdnn.benchmark;

import org.pdnn.training.Arithmetic;
import org.pdnn.training.torch.Inference;

/// libtorch: the deterministic twin in one pass, in 32 bits or in bfloat16, or T passes of the
/// network itself in 32 bits.
final class LibtorchEngine implements Engine {
  private final EngineProfile profile;
  private final Inference inference;

  LibtorchEngine(EngineProfile profile, Task task) {
    this.profile = profile;
    this.inference =
        profile.deterministic()
            ? Inference.of(task.twin(), task.inputs(), task.threads(), arithmetic(profile))
            : new Inference(
                task.network(), profile.samples(), task.inputs(), task.seed(), task.threads());
  }

  private static Arithmetic arithmetic(EngineProfile profile) {
    return profile.dataType() == DataType.BF16 ? Arithmetic.BFLOAT16 : Arithmetic.FLOAT32;
  }

  @Override
  public EngineProfile profile() {
    return profile;
  }

  @Override
  public void run() {
    inference.run();
  }

  @Override
  public float[][] logits() {
    return inference.outputs();
  }

  @Override
  public void close() {
    inference.close();
  }
}
