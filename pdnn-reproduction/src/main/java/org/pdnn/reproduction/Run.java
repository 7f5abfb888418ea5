package org.pdnn.reproduction;

import java.util.List;
import org.pdnn.network.Neuron;
import org.pdnn.sweep.Fields;

/// A trained network as a cell ran it: what the cell's recipe says.
record Run(Fields recipe) {
  Fields model() {
    return recipe.object("model");
  }

  /// s, the samples averaged in the loss.
  int trainingSamples() {
    return model().integer("samples");
  }

  /// `s = 5`
  String name() {
    return "s = " + trainingSamples();
  }

  /// `frozen` if other neurons stand in place of the trained ones, else its [#name].
  String network() {
    return frozen() ? "frozen" : name();
  }

  /// The hidden neurons.
  String neuron() {
    return recipe.text(hidden());
  }

  private String hidden() {
    return decoder() ? "hidden" : "neuron";
  }

  private boolean decoder() {
    return recipe.has("hidden");
  }

  String activation() {
    return Neuron.parse(neuron()).activation().toString();
  }

  boolean hiddenIsRandom() {
    return Neuron.parse(neuron()).random();
  }

  /// Whether a decoder's last neurons are p-bits.
  boolean lastIsRandom() {
    return decoder() && Neuron.parse(recipe.text("last")).random();
  }

  boolean random() {
    return hiddenIsRandom() || lastIsRandom();
  }

  /// Whether other neurons stand in place of the trained ones.
  boolean frozen() {
    return !neuron().equals(model().text(hidden()))
        || (decoder() && !recipe.text("last").equals(model().text("last")));
  }

  boolean byLayer() {
    return recipe.text("averaging").equals("layer");
  }

  String scheme() {
    return recipe.text("scheme");
  }

  boolean scrambled() {
    return scheme().equals("scrambled");
  }

  /// What the last hidden layer hands on: `bits` or `expectation`.
  String lastHidden() {
    return recipe.text(decoder() ? "lastHidden" : "last");
  }

  boolean expectation() {
    return lastHidden().equals("expectation");
  }

  String imperfection() {
    return recipe.text("imperfection");
  }

  String trainedScheme() {
    return model().text("scheme");
  }

  /// Of the training: weights, order and noise.
  long trainingSeed() {
    return model().longInteger("seed");
  }

  List<Integer> samples() {
    return recipe.integers("samples");
  }

  NoiseSeeds seeds() {
    return new NoiseSeeds(recipe.integer("seeds"));
  }
}
