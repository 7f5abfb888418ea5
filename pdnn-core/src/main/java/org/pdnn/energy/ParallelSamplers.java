package org.pdnn.energy;

import java.time.Duration;
import org.pdnn.names.Limits;

/// Copies of a network's arithmetic that run passes side by side. T samples take ceil(T / P)
/// rounds, each as long as a pass. The energy is the same: weights are still read once, for all
/// copies.
///
/// @param count P
public record ParallelSamplers(int count) {
  public ParallelSamplers {
    Limits.atLeast("parallel samplers", 1, count);
  }

  /// How often the samplers run.
  ///
  /// @param samples T
  public int rounds(int samples) {
    Limits.atLeast("samples", 1, samples);
    return Math.ceilDiv(samples, count);
  }

  /// From the first pass to the last.
  ///
  /// @param pass how long one takes
  public Duration latency(int samples, Duration pass) {
    return pass.multipliedBy(rounds(samples));
  }
}
