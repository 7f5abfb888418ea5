package org.pdnn.evaluation;

import java.util.List;
import java.util.stream.Stream;

/// A curve and the answers that it is made of, by which networks are compared on the same inputs.
///
/// @param curve accuracy and calibration against T
/// @param points which inputs were classified correctly, by point of the curve
/// @param deterministic the same of the deterministic twin
/// @param confusion what each class was taken for, at the largest T
public record Measured(
    Curve curve, List<Correctness> points, Correctness deterministic, Confusion confusion) {
  public Measured {
    points = List.copyOf(points);
    if (points.size() != curve.points().size()) {
      throw new IllegalArgumentException(
          "each of the %s points needs its answers, got %s"
              .formatted(curve.points().size(), points.size()));
    }
  }

  /// By point, then those of the deterministic twin.
  public List<Grades> grades() {
    double mostFrequent = confusion.mostFrequent();
    return Stream.concat(points.stream(), Stream.of(deterministic))
        .map(correctness -> new Grades(correctness, mostFrequent))
        .toList();
  }

  /// The point of the largest T.
  public CurvePoint last() {
    return curve.points().getLast();
  }
}
