package org.pdnn.energy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pdnn.network.Neuron;

/// What one layer has and does in one pass.
///
/// @param index the layer's place in the network, from 0
/// @param name kind and output shape, as in `convolution 32x32x32`
/// @param weights trained parameters: weights, biases, scales and shifts of batch norms
/// @param macs multiply-accumulates
/// @param neurons neurons by type
/// @param joined pre-activations that a join reads
public record LayerCounts(
    int index, String name, long weights, long macs, Map<Neuron, Long> neurons, long joined) {
  public LayerCounts {
    neurons = Collections.unmodifiableMap(new LinkedHashMap<>(neurons));
  }

  /// Values that are kept in memory.
  long written() {
    return neuronCount() + joined;
  }

  /// Neurons of all types.
  public long neuronCount() {
    return neurons.values().stream().mapToLong(Long::longValue).sum();
  }
}
