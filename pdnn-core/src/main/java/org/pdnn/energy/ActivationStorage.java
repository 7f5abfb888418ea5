package org.pdnn.energy;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.names.Limits;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// The memory that the activations of T samples need. Weights are read once for all samples, so all
/// samples go through a layer together, and what a layer writes is kept for all of them.
///
/// @param layers those that write activations, in order, after the input
public record ActivationStorage(List<Layer> layers) {
  /// What one layer writes.
  ///
  /// @param index the layer's place in the network, from 0; -1 for the input
  /// @param name kind and shape
  /// @param written by all samples
  public record Layer(int index, String name, Bits written) {}

  public ActivationStorage {
    layers = List.copyOf(layers);
  }

  /// The storage of a network. What lies before the first random neurons is the same for all
  /// samples and is kept once; their means are kept beside the bits.
  ///
  /// @param samples T
  public static ActivationStorage of(Network network, int samples, BitWidths widths) {
    Limits.atLeast("samples", 1, samples);
    List<Layer> layers = new ArrayList<>();
    Bits input = new Bits(widths.input().orElse(UnitWork.REAL)).times(network.input().size());
    layers.add(new Layer(-1, "input " + network.input(), input));
    for (LayerCounts counts : Counts.of(network).layers()) {
      if (counts.neuronCount() > 0) {
        boolean first = counts.index() == network.firstRandomLayer();
        boolean repeated = counts.index() >= network.firstRandomLayer();
        Neuron neuron =
            network.layers().get(counts.index()) instanceof Neurons(Neuron own)
                ? own
                : Counts.LINEAR;
        long bits = widths.stored(neuron.bits()) * (repeated ? (long) samples : 1);
        long means = first ? widths.stored(UnitWork.REAL) : 0;
        layers.add(
            new Layer(
                counts.index(),
                counts.name(),
                new Bits(Math.addExact(bits, means)).times(counts.neuronCount())));
      }
    }
    return new ActivationStorage(layers);
  }

  /// The largest need: what a layer reads and what it writes are there at a time.
  public Bits atMost() {
    Bits most = Bits.NONE;
    Bits read = Bits.NONE;
    for (Layer layer : layers) {
      Bits both = read.plus(layer.written);
      most = both.compareTo(most) > 0 ? both : most;
      read = layer.written;
    }
    return most;
  }
}
