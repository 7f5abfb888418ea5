package org.pdnn.benchmark;

import org.pdnn.training.torch.Inference;

/// libtorch in 32 bits: the deterministic twin in one pass, or T passes of the network itself.
final class LibtorchEngine implements Engine {
  private final EngineProfile profile;
  private final Inference inference;

  LibtorchEngine(EngineProfile profile, Task task) {
    this.profile = profile;
    this.inference =
        new Inference(
            profile.deterministic() ? task.twin() : task.network(),
            profile.samples(),
            task.inputs(),
            task.seed(),
            task.threads());
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
