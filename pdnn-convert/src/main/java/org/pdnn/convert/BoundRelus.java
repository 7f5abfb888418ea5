package org.pdnn.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.Activation;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Gives rectifiers an upper bound c, so that p-bits can stand for them: max(0, I) becomes c
/// min(max(I / c, 0), 1), with 1/c and c taken into the weights around it.
///
/// Each channel has its own c, a quantile of its outputs on the calibration set. A high quantile
/// clips little and makes p-bits noisy (their variance is I (c - I)); which one serves best is
/// measured with p-bits in place.
final class BoundRelus implements Pass {
  private static final double[] SHARES = {1, 0.9999, 0.999, 0.99, 0.97, 0.9};
  private static final Neuron RELU = Neuron.deterministic(Activation.RELU);
  private static final Neuron CLIP = Neuron.deterministic(Activation.CLIP);
  private static final int INPUTS = 256;

  private final ReluPolicy policy;
  private final double tolerance;

  /// @param tolerance loss of accuracy that is not too much, a share
  BoundRelus(ReluPolicy policy, double tolerance) {
    this.policy = policy;
    this.tolerance = tolerance;
  }

  @Override
  public String name() {
    return "bound-relus";
  }

  @Override
  public String purpose() {
    return "give rectifiers an upper bound by channel, so that p-bits can stand for them";
  }

  @Override
  public Change apply(Network network, Optional<Calibration> calibration) {
    List<NeuronLinks> relus = relus(network);
    if (relus.isEmpty()) {
      return Change.of(network, "nothing, there is no rectifier between layers of weights");
    }
    if (policy == ReluPolicy.KEEP || policy == ReluPolicy.NOISY) {
      return Change.of(network, "nothing, rectifiers stay");
    }
    if (calibration.isEmpty()) {
      return Change.of(network, "nothing, bounds of rectifiers need a calibration set");
    }
    return bounded(network, relus, calibration.get());
  }

  private Change bounded(Network network, List<NeuronLinks> relus, Calibration calibration) {
    List<LayerValues> values = new ArrayList<>();
    for (NeuronLinks relu : relus) {
      values.add(LayerValues.of(network, relu.neurons(), relu.groups(), calibration));
    }
    Calibration search = calibration.shortened(INPUTS, calibration.run().samples());
    Network best = network;
    double share = 1;
    double least = Double.POSITIVE_INFINITY;
    for (double candidate : SHARES) {
      Network clipped = clipped(network, relus, values, candidate);
      double loss = search.answers(withPBits(clipped)).negativeLogLikelihood();
      if (loss < least) {
        least = loss;
        best = clipped;
        share = candidate;
      }
    }
    double lost =
        calibration.answers(network).accuracy() - calibration.answers(withPBits(best)).accuracy();
    String layers = Layers.list(relus.stream().map(NeuronLinks::neurons).toList());
    if (policy == ReluPolicy.AUTO && lost > tolerance) {
      return new Change(
          network,
          "nothing, rectifiers stay",
          List.of(
              "relu at %s kept: as scaled p-bits they would lose %.2f points at T = %d"
                  .formatted(layers, 100 * lost, calibration.run().samples())));
    }
    return new Change(
        best,
        "%d layers of rectifiers bounded".formatted(relus.size()),
        List.of(
            "relu at %s became clip, bounded at the %s %% quantile of each channel"
                .formatted(layers, Layers.percent(share))));
  }

  /// The rectifiers that have a layer of weights on both sides.
  private static List<NeuronLinks> relus(Network network) {
    List<NeuronLinks> links = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      if (network.layers().get(i).equals(new Neurons(RELU))) {
        NeuronLinks.of(network, i).ifPresent(links::add);
      }
    }
    return links;
  }

  private static Network clipped(
      Network network, List<NeuronLinks> relus, List<LayerValues> values, double share) {
    Network scaled = network;
    for (int i = 0; i < relus.size(); i++) {
      scaled = relus.get(i).divided(scaled, bounds(values.get(i), share));
    }
    List<Layer> layers = new ArrayList<>(scaled.layers());
    for (NeuronLinks relu : relus) {
      layers.set(relu.neurons(), new Neurons(CLIP));
    }
    return new Network(network.input(), layers);
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
    return network.withNeurons(
        neuron -> neuron.equals(CLIP) ? new Neuron.PBit(Activation.CLIP) : neuron);
  }
}
