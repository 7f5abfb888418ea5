package org.pdnn.energy;

import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.TransposedConvolution;

/// Equation 4 along the layers of one network, from the input on.
final class NetworkLayers {
  private final Network network;
  private final Convention convention;
  private final List<LayerCounts> layers;
  private final UnitWork edge;
  private final UnitWork inner;
  private final Neuron hidden;

  /// Places of weights.
  private final IntSummaryStatistics weighted;

  private UnitWork unit;
  private int bits;
  private int weightLayers;

  /// @param weightLayers layers of weights that come before this network
  NetworkLayers(Network network, Convention convention, int weightLayers) {
    this.network = network.handing(convention.last());
    this.convention = convention;
    this.layers = Counts.of(this.network).layers();
    this.weighted =
        layers.stream()
            .filter(layer -> layer.macs() > 0)
            .mapToInt(LayerCounts::index)
            .summaryStatistics();
    this.inner = new UnitWork(convention);
    this.edge = new UnitWork(convention.withWidths(convention.widths().atEdge()));
    this.unit = inner;
    this.hidden = hidden(network);
    this.bits = convention.widths().input().orElse(alike() ? hidden.bits() : UnitWork.REAL);
    this.weightLayers = weightLayers;
  }

  /// Adds the work of each layer and returns the layers of weights up to the end of this network.
  int addTo(List<LayerWork> work) {
    for (LayerCounts counts : layers) {
      unit = atEdge(counts) ? edge : inner;
      work.add(layer(counts, work.size()));
    }
    return weightLayers;
  }

  /// Whether these are the first or the last weights.
  private boolean atEdge(LayerCounts counts) {
    return counts.index() == weighted.getMin() || counts.index() == weighted.getMax();
  }

  private boolean alike() {
    return convention.layers() == ChargedLayers.LIKE_HIDDEN;
  }

  private LayerWork layer(LayerCounts counts, int index) {
    Work once = unit.weights(1).times(weightReads(counts));
    Work perSample = Work.NONE;
    Work words = Work.NONE;
    int firstRandom = network.firstRandomLayer();
    Map<Neuron, Long> neurons = alike() ? Map.of(hidden, counts.neuronCount()) : counts.neurons();
    if (!network.random() || (!alike() && counts.index() < firstRandom)) {
      once = once.plus(synapses(counts)).plus(sum(neurons, this::neuron));
    } else if (!alike() && counts.index() == firstRandom) {
      once = once.plus(sum(neurons, _ -> mean()));
      perSample = sum(neurons, this::drawn);
      words = sum(neurons, unit::word);
    } else {
      perSample = synapses(counts).plus(sum(neurons, this::neuron));
      words = sum(neurons, unit::word);
    }
    if (counts.macs() > 0) {
      weightLayers++;
    }
    bits = bitsAfter(network.layers().get(counts.index()), counts);
    LayerSize size = new LayerSize(counts.macs(), counts.weights(), counts.neuronCount());
    return LayerWork.of(index, counts.name(), size, once, perSample, words, convention.scheme());
  }

  private long weightReads(LayerCounts counts) {
    return switch (convention.reads()) {
      case PARAMETER -> counts.weights();
      case SYNAPSE -> counts.macs() > 0 ? counts.macs() : counts.weights();
    };
  }

  private Work synapses(LayerCounts counts) {
    if (counts.macs() == 0) {
      return Work.NONE;
    }
    boolean adds = convention.widths().operand(bits) == 1;
    double rate = adds ? convention.additions().rate(weightLayers) : 1;
    return unit.synapse(bits, rate).plus(unit.activation(bits)).times(counts.macs());
  }

  private Work neuron(Neuron neuron) {
    return unit.neuron(neuron).plus(unit.activation(neuron.bits()));
  }

  /// The first random neurons' means are the same in every pass: looked up and written once.
  private Work mean() {
    return unit.neuron(Counts.LINEAR).plus(unit.activation(UnitWork.REAL));
  }

  /// Each pass reads those means, makes them random and writes the outputs.
  private Work drawn(Neuron neuron) {
    return unit.activation(UnitWork.REAL)
        .plus(unit.noise(neuron))
        .plus(unit.activation(neuron.bits()));
  }

  private static Work sum(Map<Neuron, Long> neurons, Function<Neuron, Work> one) {
    Work sum = Work.NONE;
    for (Map.Entry<Neuron, Long> entry : neurons.entrySet()) {
      sum = sum.plus(one.apply(entry.getKey()).times(entry.getValue()));
    }
    return sum;
  }

  /// Bits of one value after a layer. The maximum of bits is a bit; their mean has as many levels
  /// as their sum.
  private int bitsAfter(Layer layer, LayerCounts counts) {
    if (alike()) {
      return counts.macs() > 0 ? hidden.bits() : bits;
    }
    return switch (layer) {
      case Dense _, Convolution _, TransposedConvolution _, BatchNorm _ -> UnitWork.REAL;
      case MaxPool _, Flatten _, Reshape _ -> bits;
      case AveragePool(int size) -> bitsOfSum(bits, (long) size * size);
      case Neurons(Neuron neuron) -> neuron.bits();
    };
  }

  /// Bits of the sum of so many numbers of 2^bits levels, or of its mean. As in
  /// [AveragePool#output] they are at most 2^28, so that nothing overflows.
  private static int bitsOfSum(int bits, long count) {
    if (bits >= UnitWork.REAL) {
      return bits;
    }
    long most = count * ((1L << bits) - 1);
    return Math.min(UnitWork.REAL, Long.SIZE - Long.numberOfLeadingZeros(most));
  }

  /// The kind that a network is charged as: its first random neuron, else its first.
  static Neuron hidden(Network network) {
    int from = network.random() ? network.firstRandomLayer() : 0;
    return network.layers().stream()
        .skip(from)
        .filter(Neurons.class::isInstance)
        .map(layer -> ((Neurons) layer).neuron())
        .findFirst()
        .orElse(Counts.LINEAR);
  }
}
