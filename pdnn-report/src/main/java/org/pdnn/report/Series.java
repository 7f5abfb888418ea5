package org.pdnn.report;

import java.util.List;
import java.util.Optional;

/// Values that belong together under one name. The same name has the same colour in all figures of
/// a report.
public sealed interface Series {
  String name();

  /// Points joined by a line, in the order given.
  record Line(String name, List<Point> points, boolean dashed) implements Series {
    public Line {
      points = checked(name, points);
    }

    /// The same line, dashed.
    public Line withDashes() {
      return new Line(name, points, true);
    }
  }

  /// Points that no line joins.
  record Markers(String name, List<Point> points) implements Series {
    public Markers {
      points = checked(name, points);
    }
  }

  /// Upright bars from 0, those of several series side by side; the axis of y is linear.
  record Bars(String name, List<Point> points) implements Series {
    public Bars {
      points = checked(name, points);
    }
  }

  /// One level across the whole figure: a deterministic twin, which knows no T.
  record Reference(String name, double y, Optional<Interval> interval, boolean dashed)
      implements Series {
    public Reference {
      Texts.requirePresent("series name", name);
      Numbers.requireFinite("y", y);
    }

    /// The same level with its interval of confidence.
    public Reference between(double low, double high) {
      return new Reference(name, y, Optional.of(new Interval(low, high)), dashed);
    }
  }

  static Line line(String name, List<Point> points) {
    return new Line(name, points, false);
  }

  static Markers markers(String name, List<Point> points) {
    return new Markers(name, points);
  }

  static Bars bars(String name, List<Point> points) {
    return new Bars(name, points);
  }

  /// A dashed level.
  static Reference reference(String name, double y) {
    return new Reference(name, y, Optional.empty(), true);
  }

  private static List<Point> checked(String name, List<Point> points) {
    Texts.requirePresent("series name", name);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("series '%s' must have at least 1 point".formatted(name));
    }
    return List.copyOf(points);
  }
}
