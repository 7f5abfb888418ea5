package org.pdnn.evaluation;

import java.util.List;

/// Accuracy and calibration against the number of samples.
///
/// @param points one for each T, T rising; the single point of a deterministic network
/// @param deterministic the point of the deterministic twin: samples 1, exact
public record Curve(List<CurvePoint> points, CurvePoint deterministic) {
  public Curve {
    points = List.copyOf(points);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("a curve needs at least one point");
    }
  }

  /// Whether the network was deterministic itself, so that one pass said all.
  public boolean single() {
    return points.equals(List.of(deterministic));
  }
}
