package org.pdnn.convert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.names.Counted;
import org.pdnn.network.Activation;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Puts noise on hidden rectifiers (paper, figure 2c): the largest amplitude tried that loses no
/// more than is tolerated, or the smallest.
final class NoiseOnRelus {
  /// Amplitudes in units of the rectifiers' root mean square.
  private static final List<Double> AMPLITUDES = List.of(0.2, 0.1, 0.05, 0.02);

  private static final Neurons RELU = new Neurons(Neuron.deterministic(Activation.RELU));

  private final ReluPolicy policy;
  private final double tolerance;

  /// @param tolerance loss of accuracy that is not too much, a share
  NoiseOnRelus(ReluPolicy policy, double tolerance) {
    this.policy = policy;
    this.tolerance = tolerance;
  }

  Change apply(Network network, Optional<Calibration> calibration) {
    List<Integer> relus = new ArrayList<>();
    for (int i : network.hiddenNeurons()) {
      if (network.layers().get(i).equals(RELU)) {
        relus.add(i);
      }
    }
    if (relus.isEmpty()) {
      return Change.of(network, "nothing, no hidden rectifier is left");
    }
    if (policy != ReluPolicy.NOISY || calibration.isEmpty()) {
      return Change.of(
          network,
          "nothing, %s of rectifiers %s"
              .formatted(Counted.of(relus.size(), "layer"), relus.size() == 1 ? "stays" : "stay"));
    }
    double before = calibration.get().answers(network).accuracy();
    double amplitude =
        AMPLITUDES.stream()
            .filter(
                tried -> before - accuracy(network, relus, tried, calibration.get()) <= tolerance)
            .findFirst()
            .orElse(AMPLITUDES.getLast());
    return new Change(
        noisy(network, relus, amplitude, calibration.get()),
        Counted.of(relus.size(), "layer") + " of noisy neurons",
        List.of(
            "relu at %s became noisy, the amplitude %s of its root mean square"
                .formatted(network.listed(relus), amplitude)));
  }

  private static double accuracy(
      Network network, List<Integer> relus, double amplitude, Calibration calibration) {
    return calibration.answers(noisy(network, relus, amplitude, calibration)).accuracy();
  }

  private static Network noisy(
      Network network, List<Integer> relus, double amplitude, Calibration calibration) {
    Network twin = network.deterministicTwin();
    Network noisy = network;
    for (int i : relus) {
      LayerValues values = LayerValues.of(twin, i, 1, calibration);
      double size = amplitude * Math.hypot(values.mean(0), values.deviation(0));
      noisy = noisy.with(i, new Neurons(new Neuron.Noisy(Activation.RELU, rounded(size))));
    }
    return noisy;
  }

  /// Three digits are enough for noise, and can be read.
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }
}
