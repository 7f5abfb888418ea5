package org.pdnn.cli.study;

import org.pdnn.evaluation.Confusion;
import org.pdnn.evaluation.Curve;
import org.pdnn.evaluation.Result;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;

/// What a study measured of one network under one scheme.
///
/// @param confusion what each class was taken for at the largest T
record Finding(
    Study.Contestant contestant,
    Network network,
    Scheme scheme,
    Result result,
    Confusion confusion) {
  /// How the passes share randomness, for tables: `none` if nothing is drawn.
  String samplesScheme() {
    return contestant.probabilistic() ? scheme.toString() : "none";
  }

  Curve curve() {
    return result.curve();
  }
}
