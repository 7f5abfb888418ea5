package org.pdnn.cli.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Result;
import org.pdnn.experiment.CurveByClass.ClassAnswers;
import org.pdnn.random.Scheme;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// What a study measured of one network by one scheme.
///
/// @param run of training, from 0
/// @param classes the answers to the images of each class at the greatest T
record StudyCurve(
    Study.Member member, Scheme scheme, int run, Result result, List<ClassAnswers> classes) {
  String name() {
    return member.file();
  }

  boolean probabilistic() {
    return member.probabilistic();
  }

  List<CurvePoint> points() {
    return result.curve().points();
  }

  /// Accuracy in percent against something that a point has.
  List<Point> accuracies(ToDoubleFunction<CurvePoint> x) {
    return points().stream()
        .map(point ->
            Point.of(x.applyAsDouble(point), 100 * point.accuracy().value())
                .between(100 * point.accuracy().low(), 100 * point.accuracy().high()))
        .toList();
  }

  /// A line of the network: solid for scrambled samples, dashed for others; one colour for all
  /// runs.
  Series line(List<Point> points) {
    String name = run == 0 ? name() : "%s, run %s".formatted(name(), run + 1);
    return scheme == Scheme.SCRAMBLED
        ? Series.line(name, points).of(name())
        : Series.line(name + ", " + scheme, points).of(name()).in(Series.Stroke.DASHED);
  }
}
