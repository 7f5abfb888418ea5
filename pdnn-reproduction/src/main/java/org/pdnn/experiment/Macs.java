package org.pdnn.experiment;

import org.pdnn.energy.Counts;
import org.pdnn.network.Network;

/// Multiply-accumulates as a measure of work.
final class Macs {
  /// About what one core does in training, all in all.
  static final double A_SECOND = 25e9;

  /// About what one core does in sampling by addressed words in real numbers.
  static final double SAMPLED_A_SECOND = 2e9;

  /// The same in integers.
  static final double INTEGERS_A_SECOND = 2e10;

  private Macs() {}

  /// Of one pass.
  static double of(Network network) {
    return Counts.of(network).macs();
  }
}
