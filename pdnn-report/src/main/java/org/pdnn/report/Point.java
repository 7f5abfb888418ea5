package org.pdnn.report;

import java.util.Optional;

/// One measurement.
///
/// @param interval of confidence around y; y may lie outside by rounding, so that is not refused
/// @param label written beside the point, such as `T=4`; may be empty
public record Point(double x, double y, Optional<Interval> interval, String label) {
  public Point {
    Numbers.requireFinite("x", x);
    Numbers.requireFinite("y", y);
  }

  public static Point of(double x, double y) {
    return new Point(x, y, Optional.empty(), "");
  }

  /// The same point with its interval of confidence.
  public Point between(double low, double high) {
    return new Point(x, y, Optional.of(new Interval(low, high)), label);
  }

  /// The same point with words beside it.
  public Point labelled(String label) {
    return new Point(x, y, interval, label);
  }
}
