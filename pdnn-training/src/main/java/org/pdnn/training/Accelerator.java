package org.pdnn.training;

import org.pdnn.names.Choice;

/// What computes a training run.
public enum Accelerator {
  CPU,
  /// An NVIDIA device; needs the GPU build of libtorch.
  CUDA;

  /// The accelerator of a name on the command line.
  public static Accelerator parse(String name) {
    return Choice.parse(Accelerator.class, "device", name);
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return Choice.name(this);
  }
}
