package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pdnn.network.AveragePool;
import org.pdnn.network.BatchNorm;
import org.pdnn.network.Convolution;
import org.pdnn.network.Dense;
import org.pdnn.network.Flatten;
import org.pdnn.network.Layer;
import org.pdnn.network.MaxPool;
import org.pdnn.network.Network;
import org.pdnn.network.Neurons;
import org.pdnn.network.Reshape;
import org.pdnn.network.TransposedConvolution;
import org.pdnn.random.RandomWords;

/// How often the bits of a trained network are 1: how many of its synapses add.
public final class FiringRates {
  private FiringRates() {}

  /// For each layer of weights, in order, the share of the bits it reads that are 1, or +1; 1 if it
  /// reads real numbers, all of which count.
  ///
  /// @param samples T, passes over each input
  public static List<Double> of(
      Network network, List<float[]> inputs, int samples, RandomWords words) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("firing rates need at least 1 input, got 0");
    }
    List<Double> rates = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (hasSynapses(network.layers().get(layer))) {
        rates.add(layer == 0 ? 1.0 : rate(before(network, layer), inputs, samples, words));
      }
    }
    return rates;
  }

  private static boolean hasSynapses(Layer layer) {
    return switch (layer) {
      case Dense _, Convolution _, TransposedConvolution _ -> true;
      case BatchNorm _, MaxPool _, AveragePool _, Flatten _, Reshape _, Neurons _ -> false;
    };
  }

  /// Words are addressed, so the shorter network draws what the whole one does.
  private static Network before(Network network, int layer) {
    return new Network(network.input(), network.layers().subList(0, layer));
  }

  private static double rate(
      Network network, List<float[]> inputs, int samples, RandomWords words) {
    Sampler sampler = new ReferenceSampler(network, Run.of(samples));
    long ones = 0;
    long all = 0;
    for (int index = 0; index < inputs.size(); index++) {
      for (double[] pass : sampler.passes(inputs.get(index), index, words)) {
        if (!Arrays.stream(pass).allMatch(value -> value == 0 || Math.abs(value) == 1)) {
          return 1;
        }
        ones += Arrays.stream(pass).filter(value -> value == 1).count();
        all += pass.length;
      }
    }
    return (double) ones / all;
  }
}
