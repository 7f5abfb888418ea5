package org.pdnn.convert;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.integer.QuantiseWeights;
import org.pdnn.integer.WeightFormat;
import org.pdnn.names.Counted;
import org.pdnn.network.Network;

/// Trains the converted network on, rounds its weights again, and keeps what is likelier on the
/// calibration set with as many samples as were trained with: training is there so that few do.
final class FineTuning {
  private final FineTune plan;
  private final Optional<WeightFormat> weights;

  FineTuning(FineTune plan, Optional<WeightFormat> weights) {
    this.plan = plan;
    this.weights = weights;
  }

  Change apply(Network network, Optional<Calibration> calibration) throws IOException {
    Optional<String> spared = plan.spared(network);
    if (spared.isPresent()) {
      return new Change(network, "nothing", List.of(spared.get()));
    }
    Network trained = plan.train(network);
    Network rounded = weights.map(format -> QuantiseWeights.apply(trained, format)).orElse(trained);
    if (calibration.isEmpty()) {
      return Change.of(rounded, plan.description());
    }
    Calibration few = calibration.get().withSamples(plan.samples());
    double before = few.answers(network).negativeLogLikelihood();
    double after = few.answers(rounded).negativeLogLikelihood();
    return after < before
        ? Change.of(rounded, plan.description())
        : new Change(
            network,
            "nothing",
            List.of(
                String.format(
                    Locale.ROOT,
                    "%s would raise the negative log-likelihood of %s from %.4f to %.4f",
                    plan.description(),
                    Counted.of(few.run().samples(), "sample"),
                    before,
                    after)));
  }
}
