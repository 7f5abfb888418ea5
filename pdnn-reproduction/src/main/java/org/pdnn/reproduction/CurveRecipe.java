package org.pdnn.reproduction;

import org.pdnn.network.Neuron;
import org.pdnn.sweep.Fields;

/// What a curve was measured of, and how.
///
/// @param fields of its cell
record CurveRecipe(Fields fields) {
  Fields model() {
    return fields.object("model");
  }

  /// s, the samples averaged in the loss.
  int trainingSamples() {
    return model().integer("samples");
  }

  /// `s = 5`
  String name() {
    return "s = " + trainingSamples();
  }

  String neuron() {
    return fields.text("neuron");
  }

  String activation() {
    return Neuron.parse(neuron()).activation().toString();
  }

  boolean deterministic() {
    return !Neuron.parse(neuron()).random();
  }

  String scheme() {
    return fields.text("scheme");
  }

  String trainedScheme() {
    return model().text("scheme");
  }

  /// Whether the last hidden layer gave its probabilities instead of bits.
  boolean expectation() {
    return fields.text("last").equals("expectation");
  }

  boolean byLayer() {
    return fields.text("averaging").equals("layer");
  }

  /// What the network was trained from: weights, order and noise.
  long trainingSeed() {
    return model().longInteger("seed");
  }

  boolean frozen() {
    return !neuron().equals(model().text("neuron"));
  }

  NoiseSeeds seeds() {
    return new NoiseSeeds(fields.integer("seeds"));
  }
}
