package org.pdnn.sampling;

import org.pdnn.network.Neuron;
import org.pdnn.random.RandomWords;

/// What neurons make of a row of pre-activations.
final class Firing {
  private Firing() {}

  /// The means of what neurons give, row by row.
  static void means(Neuron neuron, double[][] in, double[][] out, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int unit = 0; unit < in[row].length; unit++) {
        out[row][unit] = ReferenceSampler.mean(neuron, in[row][unit]);
      }
    }
  }

  /// What the draws of neurons need of their pre-activations.
  static void prepare(Neuron neuron, double[] x, double[] prepared) {
    switch (neuron) {
      case Neuron.PBit pbit -> {
        for (int unit = 0; unit < x.length; unit++) {
          prepared[unit] = pbit.probability(x[unit]);
        }
      }
      case Neuron.Noisy noisy -> {
        for (int unit = 0; unit < x.length; unit++) {
          prepared[unit] = noisy.activation().apply(x[unit]);
        }
      }
      case Neuron.Deterministic deterministic -> throw undrawn(deterministic);
    }
  }

  /// Draws neurons, a word each.
  static void fire(Neuron neuron, double[] prepared, int[] drawn, double[] out) {
    switch (neuron) {
      case Neuron.PBit pbit -> {
        for (int unit = 0; unit < out.length; unit++) {
          out[unit] = pbit.draw(prepared[unit], RandomWords.uniform(drawn[unit]));
        }
      }
      case Neuron.Noisy noisy -> {
        for (int unit = 0; unit < out.length; unit++) {
          out[unit] = noisy.draw(prepared[unit], RandomWords.uniform(drawn[unit]));
        }
      }
      case Neuron.Deterministic deterministic -> throw undrawn(deterministic);
    }
  }

  private static IllegalStateException undrawn(Neuron neuron) {
    return new IllegalStateException(neuron + " draws nothing");
  }
}
