package org.pdnn.training;

import org.pdnn.network.Convolution;
import org.pdnn.network.Network;
import org.pdnn.network.TransposedConvolution;

/// How one training step computes its s passes. All mean the same but for the statistics of batch
/// norms: a loop takes them from each pass and updates the running ones s times per step, a
/// replicated batch pools them.
public enum SampleStrategy {
  /// The whole network s times: the textbook's way, here to compare with.
  WHOLE,
  /// What lies before the first random neuron once, then the rest s times. Best for convolutions,
  /// whose activations of one pass just fit in the caches.
  LOOP,
  /// What lies before the first random neuron once, then the rest on a batch s times as large. Best
  /// for multi-layer perceptrons, whose matrices are too small for one batch alone.
  REPLICATE;

  /// The faster one for a network.
  public static SampleStrategy best(Network network) {
    boolean convolutional =
        network.layers().stream()
            .anyMatch(
                layer -> layer instanceof Convolution || layer instanceof TransposedConvolution);
    return convolutional ? LOOP : REPLICATE;
  }
}
