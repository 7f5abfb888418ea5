package org.pdnn.experiment;

import java.util.List;
import org.pdnn.energy.Counts;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.network.Network;
import org.pdnn.sampling.Averaging;

/// Multiply-accumulates as a measure of work.
final class Macs {
  /// About what one core does in training, all in all.
  static final double A_SECOND = 25e9;

  /// About what one core does in sampling by addressed words in real numbers.
  static final double SAMPLED_A_SECOND = 2e9;

  /// The same in integers.
  static final double INTEGERS_A_SECOND = 2e10;

  private Macs() {}

  /// Seconds of a core to evaluate a network in batches.
  ///
  /// @param random whether it draws anything; if not, one pass is enough
  static double seconds(Network network, boolean random, Evaluation evaluation, int images) {
    int passes = passes(evaluation.averaging(), evaluation.samples()) * evaluation.seeds();
    return of(network) * (random ? passes : 1) * images / A_SECOND;
  }

  /// Passes that all these T take.
  static int passes(Averaging averaging, List<Integer> samples) {
    return averaging == Averaging.LAYER ? samples.size() : samples.getLast();
  }

  /// Of one pass.
  static double of(Network network) {
    return Counts.of(network).macs();
  }
}
