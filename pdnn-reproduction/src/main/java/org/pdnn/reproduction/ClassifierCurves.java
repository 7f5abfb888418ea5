package org.pdnn.reproduction;

import java.util.List;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.experiment.TrainedNetwork;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;

/// How the curves of figure 4a are measured.
///
/// @param networks what is measured, and on what
/// @param samples the T
/// @param seeds noise seeds
record ClassifierCurves(ClassifierPlan networks, List<Integer> samples, int seeds) {
  /// Independent passes of bits, averaged at the end.
  Evaluation evaluation() {
    return Evaluation.independent(samples, networks.seed(), seeds);
  }

  MeasuredCurve of(TrainedNetwork model, Evaluation evaluation) {
    return MeasuredCurve.of(model, networks.test(), evaluation);
  }

  /// By independent passes.
  MeasuredCurve of(TrainedNetwork model) {
    return of(model, evaluation());
  }

  /// By scrambled passes.
  MeasuredCurve scrambled(TrainedNetwork model) {
    return of(model, evaluation().with(Scheme.SCRAMBLED, LastHidden.BITS));
  }

  /// By the cheapest passes: they share randomness, and the last hidden layer gives probabilities.
  MeasuredCurve shared(TrainedNetwork model) {
    return of(model, evaluation().with(Scheme.SCRAMBLED, LastHidden.EXPECTATION));
  }

  /// The T at which a p-DNN is held against others: 10 where it is measured.
  int ten() {
    return samples.contains(10) ? 10 : samples.getLast();
  }
}
