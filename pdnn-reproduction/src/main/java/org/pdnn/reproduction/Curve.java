package org.pdnn.reproduction;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// A quantity of one network against T.
///
/// @param values by T; those without an interval have their bounds at the value
/// @param factor from a value to the one that charts show: 100 for a share in percent
record Curve(SortedMap<Integer, Estimate> values, double factor) {
  /// Accuracies, with intervals over noise seeds where there are enough.
  static Curve accuracies(NoiseSeeds seeds, List<CurvePoint> points) {
    Curve curve = new Curve(new TreeMap<>(), 100);
    points.forEach(point -> curve.values.put(point.samples(), seeds.interval(point.accuracy())));
    return curve;
  }

  /// N_eq where it is known, with intervals over images.
  static Curve equivalentSamples(List<CurvePoint> points) {
    Curve curve = new Curve(new TreeMap<>(), 1);
    points.forEach(point ->
        point.equivalentSamples().ifPresent(worth -> curve.values.put(point.samples(), worth)));
    return curve;
  }

  Optional<Estimate> at(int samples) {
    return Optional.ofNullable(values.get(samples));
  }

  /// At the least T: all there is of a deterministic network.
  Estimate first() {
    return values.firstEntry().getValue();
  }

  /// As charts show them.
  List<Point> points() {
    return values.entrySet().stream().map(one -> point(one.getKey(), one.getValue())).toList();
  }

  private Point point(int samples, Estimate value) {
    Point point = Point.of(samples, factor * value.value());
    return value.low() < value.high()
        ? point.between(factor * value.low(), factor * value.high())
        : point;
  }

  Series.Line line(String name) {
    return Series.line(name, points());
  }

  /// The value at the least T across a chart.
  Series.Reference reference(String name) {
    return Series.reference(name, factor * first().value());
  }
}
