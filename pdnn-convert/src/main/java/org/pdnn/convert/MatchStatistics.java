package org.pdnn.convert;

import java.util.Locale;
import java.util.Optional;
import org.pdnn.network.AffineOutputs;
import org.pdnn.network.Layer;
import org.pdnn.network.Network;

/// Gives the pre-activations after random neurons the mean and the deviation, by channel, that they
/// have in the deterministic twin: noise widens them, and wide pre-activations saturate neurons.
///
/// For a network whose batch norms were not folded it is the re-estimation of their statistics.
final class MatchStatistics {
  private static final int INPUTS = 128;
  private static final int PASSES = 2;
  private static final int SAMPLES = 16;

  private MatchStatistics() {}

  static Change apply(Network network, Optional<Calibration> calibration) {
    if (calibration.isEmpty() || !network.random()) {
      return Change.of(network, "nothing, there is no noise to be measured");
    }
    Calibration few = calibration.get().shortened(INPUTS, PASSES);
    Network twin = network.deterministicTwin();
    Network matched = network;
    int last = lastWithWeights(network);
    boolean[] drawn = network.drawn();
    for (int i = 0; i < last; i++) {
      if (drawn[i] && AffineOutputs.possible(network.layers().get(i))) {
        matched = matched(matched, twin, i, few);
      }
    }
    Calibration search = calibration.get().shortened(INPUTS, SAMPLES);
    double before = LogitGain.best(search.answers(network)).negativeLogLikelihood();
    double after = LogitGain.best(search.answers(matched)).negativeLogLikelihood();
    return after < before
        ? Change.of(
            matched,
            String.format(Locale.ROOT, "negative log-likelihood %.4f, before %.4f", after, before))
        : Change.of(network, "nothing, it would not help");
  }

  private static int lastWithWeights(Network network) {
    int last = network.layers().size() - 1;
    while (last >= 0 && !AffineOutputs.possible(network.layers().get(last))) {
      last--;
    }
    return last;
  }

  private static Network matched(Network network, Network twin, int index, Calibration few) {
    Layer layer = network.layers().get(index);
    int channels = AffineOutputs.channels(layer);
    LayerValues noisy = LayerValues.of(network, index, channels, few);
    LayerValues exact = LayerValues.of(twin, index, channels, few);
    double[] scale = new double[channels];
    double[] shift = new double[channels];
    for (int c = 0; c < channels; c++) {
      double ratio = exact.deviation(c) / noisy.deviation(c);
      scale[c] = Double.isFinite(ratio) ? Math.clamp(ratio, 0.25, 4) : 1;
      shift[c] = exact.mean(c) - scale[c] * noisy.mean(c);
    }
    return network.with(index, AffineOutputs.of(layer, scale, shift));
  }
}
