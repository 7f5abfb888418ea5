package org.pdnn.training;

import java.util.Locale;

/// What computes a training run.
public enum Accelerator {
  CPU,
  /// An NVIDIA device; needs the GPU build of libtorch.
  CUDA;

  /// The accelerator of a name on the command line.
  public static Accelerator parse(String name) {
    for (Accelerator accelerator : values()) {
      if (accelerator.toString().equals(name.strip().toLowerCase(Locale.ROOT))) {
        return accelerator;
      }
    }
    throw new IllegalArgumentException("unknown device '" + name + "'; use cpu or cuda");
  }

  /// The name on the command line, lower case.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
