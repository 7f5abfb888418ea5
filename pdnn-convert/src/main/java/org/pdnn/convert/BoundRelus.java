package org.pdnn.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pdnn.names.Counted;
import org.pdnn.network.Activation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Gives rectifiers an upper bound c, so that p-bits can stand for them: max(0, I) becomes c
/// min(max(I / c, 0), 1), with 1/c and c taken into the weights around it. Rectifiers that have a
/// bound already get a lower one where that serves.
///
/// Each channel has its own c, a quantile of its outputs on the calibration set. A high quantile
/// clips little and makes p-bits noisy (their variance is I (c - I)); which one serves best is
/// measured with p-bits in place, for all layers together and then for each.
final class BoundRelus {
  private static final double[] SHARES = {1, 0.9999, 0.999, 0.99, 0.97, 0.9};
  private static final Neuron RELU = Neuron.deterministic(Activation.RELU);
  private static final Neuron CLIP = Neuron.deterministic(Activation.CLIP);
  private static final int INPUTS = 192;
  private static final int SAMPLES = 8;

  private final ReluPolicy policy;

  BoundRelus(ReluPolicy policy) {
    this.policy = policy;
  }

  Change apply(Network network, Optional<Calibration> calibration) {
    boolean stay = policy == ReluPolicy.KEEP || policy == ReluPolicy.NOISY;
    List<NeuronLinks> relus = links(network, stay ? List.of(CLIP) : List.of(RELU, CLIP));
    if (relus.isEmpty()) {
      return Change.of(
          network,
          stay ? "nothing, rectifiers stay" : "nothing, no rectifier is between layers of weights");
    }
    if (calibration.isEmpty()) {
      return Change.of(network, "nothing, rectifiers stay: their bounds need --data");
    }
    return bounded(network, relus, calibration.get());
  }

  private static Change bounded(Network network, List<NeuronLinks> relus, Calibration calibration) {
    List<LayerValues> values = new ArrayList<>();
    for (NeuronLinks relu : relus) {
      values.add(LayerValues.of(network, relu.neurons(), relu.groups(), calibration));
    }
    Calibration search = calibration.shortened(INPUTS, SAMPLES);
    double[] shares = new double[relus.size()];
    double least = Double.POSITIVE_INFINITY;
    for (double share : SHARES) {
      double[] trial = new double[shares.length];
      Arrays.fill(trial, share);
      double loss = loss(clipped(network, relus, values, trial), search);
      if (loss < least) {
        least = loss;
        shares = trial;
      }
    }
    for (int i = 0; shares.length > 1 && i < shares.length; i++) {
      for (double share : SHARES) {
        double[] trial = shares.clone();
        trial[i] = share;
        double loss =
            share == shares[i] ? least : loss(clipped(network, relus, values, trial), search);
        if (loss < least) {
          least = loss;
          shares = trial;
        }
      }
    }
    return change(network, clipped(network, relus, values, shares), relus, shares);
  }

  private static double loss(Network clipped, Calibration search) {
    return search.answers(withPBits(clipped)).negativeLogLikelihood();
  }

  private static Change change(
      Network network, Network clipped, List<NeuronLinks> relus, double[] shares) {
    List<String> details = new ArrayList<>();
    for (int i = 0; i < shares.length; i++) {
      int layer = relus.get(i).neurons();
      boolean unbounded = network.layers().get(layer).equals(new Neurons(RELU));
      details.add(
          "%s at layer %s %s the %s %% quantile of each channel"
              .formatted(
                  unbounded ? "relu" : "clip",
                  network.name(layer),
                  unbounded ? "became clip, bounded at" : "bounded at",
                  Percent.of(shares[i])));
    }
    return new Change(
        clipped, Counted.of(relus.size(), "layer") + " of rectifiers bounded", details);
  }

  /// The neurons of these kinds that have a layer of weights on both sides.
  private static List<NeuronLinks> links(Network network, List<Neuron> kinds) {
    List<NeuronLinks> links = new ArrayList<>();
    for (int i : network.hiddenNeurons()) {
      if (network.layers().get(i) instanceof Neurons(Neuron neuron) && kinds.contains(neuron)) {
        NeuronLinks.of(network, i).ifPresent(links::add);
      }
    }
    return links;
  }

  private static Network clipped(
      Network network, List<NeuronLinks> relus, List<LayerValues> values, double[] shares) {
    Network scaled = network;
    for (int i = 0; i < relus.size(); i++) {
      scaled = relus.get(i).divided(scaled, bounds(values.get(i), shares[i]));
    }
    for (NeuronLinks relu : relus) {
      scaled = scaled.with(relu.neurons(), new Neurons(CLIP));
    }
    return scaled;
  }

  /// The bound of each group; one that was never up gets the mean of the others.
  private static double[] bounds(LayerValues values, double share) {
    double[] bounds = new double[values.groups()];
    double sum = 0;
    int up = 0;
    for (int g = 0; g < bounds.length; g++) {
      bounds[g] = values.quantile(g, share);
      if (bounds[g] <= 0) {
        bounds[g] = values.quantile(g, 1);
      }
      sum += bounds[g];
      up += bounds[g] > 0 ? 1 : 0;
    }
    double mean = up == 0 ? 1 : sum / up;
    for (int g = 0; g < bounds.length; g++) {
      bounds[g] = Math.max(bounds[g], mean / 100);
    }
    return bounds;
  }

  private static Network withPBits(Network network) {
    return network.withHiddenNeurons(
        neuron -> neuron.equals(CLIP) ? new Neuron.PBit(Activation.CLIP) : neuron);
  }
}
