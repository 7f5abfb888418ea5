package org.pdnn.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.Activation;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;
import org.pdnn.network.Place;
import org.pdnn.network.Shape;

/// How widely the last random layer can scatter the difference of two logits, known from the weights
/// before any pass is run.
///
/// If a unit of that layer goes from its least to its greatest value, the difference of the logits l
/// and r changes by d_j. Given the layers before, units are independent, so by Hoeffding's lemma
/// the difference is sub-Gaussian with the variance
///
///     v0(l, r) = 1/4 sum over units j of d_j^2,
///
/// whatever their probabilities are: its tails are no heavier than those of a normal number of that
/// variance. A run with [org.pdnn.network.LastHidden#EXPECTATION] keeps the bound of its bits: what
/// noise it has left is that of the layers before, whose tails are no heavier than with bits
/// (Jensen). Layers between the last random one and the logits are taken to be linear, or to pool
/// maxima.
final class VarianceBound {
  /// By class and unit: what the unit adds to the logit between its least and its greatest value.
  private final double[][] swings;

  private VarianceBound(double[][] swings) {
    this.swings = swings;
  }

  /// The bound of a run; 0 if all of its passes are the same.
  static VarianceBound of(Network network, Run run) {
    int last = network.lastRandomLayer();
    int classes = network.output().size();
    boolean draws = false;
    for (int layer = 0; layer <= last; layer++) {
      draws |= run.draws(network, layer);
    }
    return draws ? new VarianceBound(swings(network, last)) : none(classes);
  }

  /// The bound of passes without noise.
  static VarianceBound none(int classes) {
    return new VarianceBound(new double[classes][0]);
  }

  int classes() {
    return swings.length;
  }

  /// v0 of two classes.
  double of(int leader, int rival) {
    double squares = 0;
    for (int unit = 0; unit < swings[leader].length; unit++) {
      double swing = swings[leader][unit] - swings[rival][unit];
      squares += swing * swing;
    }
    return squares / 4;
  }

  private static double[][] swings(Network network, int last) {
    List<Layer> layers = network.layers();
    Neuron neuron = ((Neurons) layers.get(last)).neuron();
    List<Layer> after = new ArrayList<>(layers.subList(last, layers.size()));
    after.set(0, new Neurons(Neuron.deterministic(Activation.IDENTITY)));
    List<Place> places = new ArrayList<>(List.of(Place.behind(Place.INPUT)));
    for (int i = last + 1; i < layers.size(); i++) {
      if (Collections.min(network.reads(i)) < last) {
        throw new IllegalArgumentException(
            "passes are not stopped early where a layer after the last p-bits reads one before them, as layer %s does; measure numbers of samples by pdnn evaluate --samples 1,2,4,8"
                .formatted(network.name(i)));
      }
      places.add(
          new Place(Optional.empty(), network.reads(i).stream().map(from -> from - last).toList()));
    }
    Shape shape = network.shapes().get(last + 1);
    Sampler readout = new BlockSampler(new Network(shape, after, places), Run.of(1));
    float[] values = new float[shape.size()];
    Arrays.fill(values, (float) least(neuron));
    double[] base = logits(readout, values);
    double[][] swings = new double[base.length][values.length];
    for (int unit = 0; unit < values.length; unit++) {
      values[unit] += (float) range(neuron);
      double[] swung = logits(readout, values);
      values[unit] = (float) least(neuron);
      for (int c = 0; c < base.length; c++) {
        swings[c][unit] = swung[c] - base[c];
      }
    }
    return swings;
  }

  private static double[] logits(Sampler readout, float[] values) {
    return readout.passes(values, 0, (input, layer, unit, sample) -> 0)[0];
  }

  private static double least(Neuron neuron) {
    return switch (neuron) {
      case Neuron.PBit(Activation activation) -> activation.lowest();
      case Neuron.Noisy _ -> 0;
      case Neuron.Deterministic _ -> 0;
    };
  }

  /// How far apart the values of a neuron lie, given the layers before.
  private static double range(Neuron neuron) {
    return switch (neuron) {
      case Neuron.PBit(Activation activation) -> 1 - activation.lowest();
      case Neuron.Noisy noisy -> 2 * noisy.amplitude();
      case Neuron.Deterministic _ -> 0;
    };
  }
}
