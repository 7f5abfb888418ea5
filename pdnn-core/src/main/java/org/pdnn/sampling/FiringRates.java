package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pdnn.network.Network;
import org.pdnn.network.Place;
import org.pdnn.network.Weighted;
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
      if (network.layers().get(layer) instanceof Weighted) {
        int read = network.reads(layer).getFirst();
        rates.add(read == Place.INPUT ? 1.0 : rate(network.upTo(read), inputs, samples, words));
      }
    }
    return rates;
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
