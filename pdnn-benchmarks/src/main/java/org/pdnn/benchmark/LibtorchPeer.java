package org.pdnn.benchmark;

import org.pdnn.training.torch.Inference;

/// libtorch in 32 bits: the deterministic twin in one pass, or T passes of the network itself.
final class LibtorchPeer implements Contender {
  private final String name;
  private final boolean deterministic;
  private final int samples;
  private final Inference inference;

  private LibtorchPeer(String name, boolean deterministic, int samples, Inference inference) {
    this.name = name;
    this.deterministic = deterministic;
    this.samples = samples;
    this.inference = inference;
  }

  static LibtorchPeer twin(Task task) {
    return new LibtorchPeer(
        "libtorch-fp32",
        true,
        1,
        new Inference(task.twin(), 1, task.inputs(), task.seed(), task.threads()));
  }

  static LibtorchPeer sampled(Task task, int samples) {
    Inference inference =
        new Inference(task.network(), samples, task.inputs(), task.seed(), task.threads());
    return new LibtorchPeer("libtorch-pbit", false, samples, inference);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Arithmetic arithmetic() {
    return Arithmetic.FP32;
  }

  @Override
  public boolean deterministic() {
    return deterministic;
  }

  @Override
  public int samples() {
    return samples;
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
