package org.pdnn.convert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.network.Activation;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;
import org.pdnn.network.Neuron;
import org.pdnn.network.Neurons;

/// Puts noise on rectifiers that no p-bit stands for (paper, figure 2c): the largest amplitude
/// tried that loses no more than is tolerated.
final class NoiseOnRelus implements Pass {
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

  @Override
  public String name() {
    return "noise-on-relus";
  }

  @Override
  public String purpose() {
    return "put noise on rectifiers that remain";
  }

  @Override
  public Change apply(Network network, Optional<Calibration> calibration) {
    List<Integer> relus = new ArrayList<>();
    for (int i = 0; i < network.layers().size(); i++) {
      if (network.layers().get(i).equals(RELU)) {
        relus.add(i);
      }
    }
    if (relus.isEmpty()) {
      return Change.of(network, "nothing, there is no rectifier");
    }
    if (policy == ReluPolicy.KEEP || policy == ReluPolicy.PBIT || calibration.isEmpty()) {
      return Change.of(network, "nothing, %s layers of rectifiers stay".formatted(relus.size()));
    }
    double before = calibration.get().answers(network).accuracy();
    for (double amplitude : AMPLITUDES) {
      Network noisy = noisy(network, relus, amplitude, calibration.get());
      double lost = before - calibration.get().answers(noisy).accuracy();
      boolean last = amplitude == AMPLITUDES.getLast();
      if (lost <= tolerance || (last && policy == ReluPolicy.NOISY)) {
        return new Change(
            noisy,
            "%s layers of noisy neurons".formatted(relus.size()),
            List.of(
                "relu at %s became noisy, the amplitude %s of its root mean square"
                    .formatted(Layers.list(relus), amplitude)));
      }
    }
    return new Change(
        network,
        "nothing, rectifiers stay",
        List.of(
            "relu at %s kept: noise on it loses more than is tolerated"
                .formatted(Layers.list(relus))));
  }

  private static Network noisy(
      Network network, List<Integer> relus, double amplitude, Calibration calibration) {
    Network twin = network.deterministicTwin();
    List<Layer> layers = new ArrayList<>(network.layers());
    for (int i : relus) {
      LayerValues values = LayerValues.of(twin, i, 1, calibration);
      double size = amplitude * Math.hypot(values.mean(0), values.deviation(0));
      layers.set(i, new Neurons(new Neuron.Noisy(Activation.RELU, rounded(size))));
    }
    return new Network(network.input(), layers);
  }

  /// Three digits are enough for noise, and can be read.
  private static double rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).doubleValue();
  }
}
