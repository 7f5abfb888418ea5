package org.pdnn.training;

import org.pdnn.names.Limits;

/// What computes, and with how many threads per operation.
///
/// @param threads at least 1; sums, and so the last digits of weights, depend on it
public record Processor(Accelerator accelerator, int threads) {
  /// One thread of the CPU, the fastest for small networks.
  public static final Processor ONE_THREAD = new Processor(Accelerator.CPU, 1);

  public Processor {
    Limits.atLeast("threads", 1, threads);
  }

  public Processor withAccelerator(Accelerator other) {
    return new Processor(other, threads);
  }

  public Processor withThreads(int count) {
    return new Processor(accelerator, count);
  }
}
