package org.pdnn.energy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/// Equation 4 with each layer charged for what it really does, [Convention#STRICT].
final class StrictWork {
  private StrictWork() {}

  static List<LayerWork> of(Network network, LastLayer last) {
    return of(
        switch (last) {
          case BITS -> network;
          case EXPECTATION -> withExpectation(network);
        });
  }

  /// A layer of neurons that hand on f(I) draws nothing, whatever it was trained as.
  private static Network withExpectation(Network network) {
    int last = network.lastRandomLayer();
    List<Layer> layers = new ArrayList<>(network.layers());
    if (last >= 0 && layers.get(last) instanceof Neurons(Neuron neuron)) {
      layers.set(last, new Neurons(Neuron.deterministic(neuron.activation())));
    }
    return new Network(network.input(), layers);
  }

  private static List<LayerWork> of(Network network) {
    int firstRandom = network.firstRandomLayer();
    List<LayerWork> work = new ArrayList<>();
    int bits = UnitWork.FULL;
    for (LayerCounts counts : Counts.of(network).layers()) {
      Work once = UnitWork.weights(counts.weights());
      Work perSample = Work.NONE;
      if (counts.index() < firstRandom) {
        once = once.plus(pass(counts, bits));
      } else if (counts.index() == firstRandom) {
        once = once.plus(probabilities(counts));
        perSample = draws(counts);
      } else {
        perSample = pass(counts, bits);
      }
      work.add(new LayerWork(counts.index(), counts.name(), once, perSample));
      bits = bitsAfter(network.layers().get(counts.index()), bits);
    }
    return work;
  }

  private static Work pass(LayerCounts counts, int bits) {
    Work sum = UnitWork.synapse(bits).plus(UnitWork.activation(bits)).times(counts.macs());
    for (Map.Entry<Neuron, Long> entry : counts.neurons().entrySet()) {
      Neuron neuron = entry.getKey();
      Work one = UnitWork.neuron(neuron).plus(UnitWork.activation(neuron.bits()));
      sum = sum.plus(one.times(entry.getValue()));
    }
    return sum;
  }

  /// The first random neurons' means are the same in every pass: looked up and written once.
  private static Work probabilities(LayerCounts counts) {
    return Work.of(Operation.ACTIVATE, 1)
        .plus(UnitWork.activation(UnitWork.FULL))
        .times(counts.neuronCount());
  }

  /// Each pass reads those means, makes them random and writes the outputs.
  private static Work draws(LayerCounts counts) {
    Work sum = UnitWork.activation(UnitWork.FULL).times(counts.neuronCount());
    for (Map.Entry<Neuron, Long> entry : counts.neurons().entrySet()) {
      Neuron neuron = entry.getKey();
      Work one = UnitWork.randomness(neuron).plus(UnitWork.activation(neuron.bits()));
      sum = sum.plus(one.times(entry.getValue()));
    }
    return sum;
  }

  /// Bits of one value behind a layer. The maximum of bits is a bit.
  private static int bitsAfter(Layer layer, int before) {
    return switch (layer) {
      case Dense _, Convolution _, TransposedConvolution _, BatchNorm _ -> UnitWork.FULL;
      case MaxPool _, Flatten _, Reshape _ -> before;
      case Neurons(Neuron neuron) -> neuron.bits();
    };
  }
}
