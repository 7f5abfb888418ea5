package org.pdnn.energy;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.names.Limits;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Readers;

/// The memory that the activations of T samples need. Weights are read once for all samples, so all
/// samples go through a layer together, and what a layer writes is kept for all of them until it
/// has been read for the last time.
///
/// @param layers those that write activations, in order, after the input
public record ActivationStorage(List<Layer> layers) {
  /// What one layer writes.
  ///
  /// @param index the layer's place in the network, from 0; -1 for the input
  /// @param name kind and shape
  /// @param written by all samples
  /// @param until the layer that reads it last; what that writes, it writes beside it
  public record Layer(int index, String name, Bits written, int until) {}

  public ActivationStorage {
    layers = List.copyOf(layers);
  }

  /// The storage of a network. What lies before the first random neurons is the same for all
  /// samples and is kept once; their means are kept beside the bits.
  ///
  /// @param samples T
  public static ActivationStorage of(Network network, int samples, BitWidths widths) {
    Limits.atLeast("samples", 1, samples);
    List<LayerCounts> all = Counts.of(network).layers();
    boolean[] drawn = network.drawn();
    int[] until = until(all, Readers.of(network));
    List<Layer> layers = new ArrayList<>();
    Bits input = new Bits(widths.input().orElse(UnitWork.REAL)).times(network.input().size());
    layers.add(new Layer(Place.INPUT, "input " + network.input(), input, until[0]));
    for (LayerCounts counts : all) {
      if (counts.written() > 0) {
        int read = network.reads(counts.index()).getFirst();
        boolean repeated = drawn[counts.index()];
        boolean first = repeated && (read == Place.INPUT || !drawn[read]);
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
                new Bits(Math.addExact(bits, means)).times(counts.written()),
                until[counts.index() + 1]));
      }
    }
    return new ActivationStorage(layers);
  }

  /// By layer, after the input: the last layer that reads what it gives, be it through others that
  /// write nothing; of those that write, the one that writes what is made of it.
  private static int[] until(List<LayerCounts> all, Readers readers) {
    int[] until = new int[all.size() + 1];
    for (int i = all.size() - 1; i >= Place.INPUT; i--) {
      until[i + 1] = i;
      for (int reader : readers.of(i)) {
        boolean writes = all.get(reader).written() > 0;
        until[i + 1] = Math.max(until[i + 1], writes ? reader : until[reader + 1]);
      }
    }
    return until;
  }

  /// The largest need: what a layer writes is there beside what it reads, and what is read later.
  public Bits atMost() {
    Bits most = Bits.NONE;
    for (Layer now : layers) {
      Bits there = Bits.NONE;
      for (Layer layer : layers) {
        if (layer.index == now.index || (layer.index < now.index && layer.until >= now.index)) {
          there = there.plus(layer.written);
        }
      }
      most = there.compareTo(most) > 0 ? there : most;
    }
    return most;
  }
}
