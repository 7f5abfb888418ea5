package org.pdnn.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.AffineInputs;
import org.pdnn.network.AffineOutputs;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Place;
import org.pdnn.network.Pool;
import org.pdnn.network.Readers;
import org.pdnn.network.Rearrangement;

/// The layers of weights on both sides of a layer of neurons, through which the neurons' inputs and
/// outputs are scaled: c f(I / c) is 1/c on the weights before and c on those after.
///
/// @param before index of the layer of weights whose outputs the neurons read
/// @param neurons index of the neurons
/// @param after index of the layer of weights that reads them
/// @param groups neurons that can have scales of their own: as many as there are channels on the
///   side that has fewer
record NeuronLinks(int before, int neurons, int after, int groups) {

  /// The links of the neurons at an index; empty where one side is missing, is read by others too,
  /// or is no layer whose weights can take a scale.
  static Optional<NeuronLinks> of(Network network, int neurons) {
    List<Layer> layers = network.layers();
    Readers readers = Readers.of(network);
    int before = network.reads(neurons).getFirst();
    while (before != Place.INPUT && keepsFactor(layers.get(before)) && readers.single(before)) {
      before = network.reads(before).getFirst();
    }
    int after = neurons;
    do {
      after = readers.single(after) ? readers.of(after).getFirst() : layers.size();
    } while (after < layers.size() && keepsFactor(layers.get(after)));
    if (before == Place.INPUT
        || after >= layers.size()
        || !readers.single(before)
        || !AffineOutputs.possible(layers.get(before))
        || AffineInputs.count(layers.get(after)) == 0) {
      return Optional.empty();
    }
    int groups =
        Math.min(AffineOutputs.channels(layers.get(before)), AffineInputs.count(layers.get(after)));
    return Optional.of(new NeuronLinks(before, neurons, after, groups));
  }

  /// Whether a positive factor of its inputs is one of its outputs.
  private static boolean keepsFactor(Layer layer) {
    return layer instanceof Pool || layer instanceof Rearrangement;
  }

  /// The network in which neurons read I / c and their outputs count c times.
  ///
  /// @param c by group
  Network divided(Network network, double[] c) {
    double[] inverse = Arrays.stream(c).map(factor -> 1 / factor).toArray();
    List<Layer> layers = new ArrayList<>(network.layers());
    Layer source = layers.get(before);
    double[] perChannel = new double[AffineOutputs.channels(source)];
    for (int o = 0; o < perChannel.length; o++) {
      perChannel[o] = inverse[o * groups / perChannel.length];
    }
    layers.set(before, AffineOutputs.of(source, perChannel, new double[perChannel.length]));
    Layer target = layers.get(after);
    layers.set(after, AffineInputs.of(target, c, new double[c.length]).orElseThrow());
    return network.withLayers(layers);
  }
}
