package org.pdnn.convert;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.network.Activation;
import org.pdnn.network.AffineOutputs;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Chooses an inverse temperature for each layer of p-bits, a factor on their pre-activations, and
/// one for the logits, by the negative log-likelihood on the calibration set.
///
/// Steeper p-bits are less random and further from the activation that they stand for; how steep
/// serves best is measured, layer by layer from the input on. Flatter ones would gain little with
/// many samples and lose much with few.
final class CalibrateTemperatures {
  private static final double STEP = 1.19;
  private static final int MOST_STEPS = 8;
  private static final int INPUTS = 192;
  private static final int SAMPLES = 8;

  /// What a factor must take off the likelihood's logarithm, a share of it; less is noise of the
  /// measurement.
  private static final double GAIN = 0.03;

  private CalibrateTemperatures() {}

  static Change apply(Network network, Optional<Calibration> calibration) {
    if (calibration.isEmpty() || !network.random()) {
      return Change.of(network, "nothing, there is nothing to measure");
    }
    Calibration search = calibration.get().shortened(INPUTS, SAMPLES);
    Network best = network;
    double least = loss(best, search);
    List<String> details = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      if (!steepens(network, i)) {
        continue;
      }
      Optional<NeuronLinks> links = NeuronLinks.of(network, i);
      if (links.isEmpty()) {
        continue;
      }
      double factor = 1;
      for (int steps = 0; steps < MOST_STEPS; steps++) {
        Network steeper = scaled(network, best, links.get().before(), factor * STEP);
        double loss = loss(steeper, search);
        if (loss > least * (1 - GAIN)) {
          break;
        }
        least = loss;
        best = steeper;
        factor *= STEP;
      }
      if (factor != 1) {
        details.add(
            String.format(
                Locale.ROOT, "layer %s: pre-activations times %.2f", network.name(i), factor));
      }
    }
    return withLogits(best, calibration.get(), details);
  }

  /// p-bits of probability I have a range, not a temperature.
  private static boolean steepens(Network network, int layer) {
    return network.layers().get(layer) instanceof Neurons(Neuron.PBit(Activation activation))
        && activation != Activation.CLIP;
  }

  /// @param original the network whose layer is scaled
  /// @param best that network with the layers before it scaled already
  private static Network scaled(Network original, Network best, int layer, double factor) {
    return best.with(layer, times(original, layer, factor));
  }

  private static Layer times(Network network, int layer, double factor) {
    double[] scale = new double[AffineOutputs.channels(network.layers().get(layer))];
    Arrays.fill(scale, factor);
    return AffineOutputs.of(network.layers().get(layer), scale, new double[scale.length]);
  }

  private static Change withLogits(Network network, Calibration calibration, List<String> details) {
    int last = network.layers().size() - 1;
    if (!AffineOutputs.possible(network.layers().get(last))) {
      return new Change(network, effect(details), details);
    }
    LabelledLogits answers = calibration.answers(network);
    LogitGain gain = LogitGain.best(answers);
    details.add(
        String.format(
            Locale.ROOT,
            "logits times %.2f: negative log-likelihood %.4f, before %.4f",
            gain.factor(),
            gain.negativeLogLikelihood(),
            answers.negativeLogLikelihood()));
    Network scaled = network.with(last, times(network, last, gain.factor()));
    return new Change(scaled, effect(details), details);
  }

  private static String effect(List<String> details) {
    return details.isEmpty()
        ? "nothing, it would not help"
        : details.size() + (details.size() == 1 ? " factor chosen" : " factors chosen");
  }

  private static double loss(Network network, Calibration search) {
    return LogitGain.best(search.answers(network)).negativeLogLikelihood();
  }
}
