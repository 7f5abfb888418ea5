package org.pdnn.convert;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.network.Activation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;

/// An activation that a network's weights may have been trained with, and what it answers with it.
///
/// @param network with this activation in all hidden neurons
/// @param accuracy on the inputs of a calibration
record LikelyActivation(Activation activation, Network network, double accuracy) {
  /// All that are usual, the likeliest first.
  static List<LikelyActivation> of(Network network, Calibration calibration) {
    return Stream.of(Activation.RELU, Activation.TANH, Activation.SIGMOID)
        .map(activation -> {
          Neuron neuron = Neuron.deterministic(activation);
          Network tried = network.withHiddenNeurons(hidden -> neuron);
          return new LikelyActivation(activation, tried, calibration.answers(tried).accuracy());
        })
        .sorted(Comparator.comparing(LikelyActivation::accuracy).reversed())
        .toList();
  }

  /// What was taken and why, a sentence without its full stop.
  ///
  /// @param tried the likeliest first
  static String remark(List<LikelyActivation> tried, int inputs) {
    return "hidden neurons are taken to be %s: of %s calibration images %s; --neuron says otherwise"
        .formatted(
            tried.getFirst().name(),
            inputs,
            tried.stream().map(LikelyActivation::right).collect(Collectors.joining(", ")));
  }

  private String name() {
    return activation.name().toLowerCase(Locale.ROOT);
  }

  private String right() {
    return String.format(Locale.ROOT, "%s is right on %.2f %%", name(), 100 * accuracy);
  }
}
