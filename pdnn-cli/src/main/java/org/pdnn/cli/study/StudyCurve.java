package org.pdnn.cli.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.pdnn.energy.EnergyModel;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.Result;
import org.pdnn.experiment.CurveByClass.ClassAnswers;
import org.pdnn.network.Network;
import org.pdnn.random.Scheme;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// What a study measured of one network by one scheme.
///
/// @param classes the answers to the images of each class at the greatest T
record StudyCurve(
    Study.Member member,
    Network network,
    Scheme scheme,
    Result result,
    List<ClassAnswers> classes) {
  String name() {
    return member.name();
  }

  boolean probabilistic() {
    return member.probabilistic();
  }

  /// Whether its samples share their randomness, as those that a study's answer is about.
  boolean scrambled() {
    return probabilistic() && scheme == Scheme.SCRAMBLED;
  }

  /// How the passes share randomness, for all points.
  String samplesScheme() {
    return Scheme.nameOf(points().getFirst().scheme());
  }

  List<CurvePoint> points() {
    return result.curve().points();
  }

  /// At the least T: all there is of a deterministic network.
  Estimate accuracy() {
    return points().getFirst().accuracy();
  }

  /// Of an inference of T passes.
  double nanojoules(EnergyModel model, int samples) {
    return model.energy(network, samples).total().nanojoules();
  }

  /// Accuracy in percent against something that a point has.
  List<Point> accuracies(ToDoubleFunction<CurvePoint> x) {
    return points().stream()
        .map(point ->
            Point.of(x.applyAsDouble(point), 100 * point.accuracy().value())
                .between(100 * point.accuracy().low(), 100 * point.accuracy().high()))
        .toList();
  }

  /// A line of the network: solid for scrambled samples, dashed for others.
  Series line(List<Point> points) {
    return scheme == Scheme.SCRAMBLED
        ? Series.line(name(), points)
        : Series.line(name() + ", " + scheme, points).of(name()).in(Series.Stroke.DASHED);
  }
}
