package org.pdnn.report;

import java.util.List;
import java.util.Optional;

/// Values that belong together under one name.
///
/// A series is of a subject, mostly a network: series of one subject have one colour and one marker
/// in all figures of a report. Its stroke says how the subject was run, or who measured it; what a
/// stroke means stands in the caption.
public sealed interface Series {
  String name();

  /// What it is of; the name unless told otherwise.
  String subject();

  Stroke stroke();

  /// How lines are drawn. Markers on all but solid lines are hollow.
  enum Stroke {
    SOLID,
    DASHED,
    DOTTED
  }

  /// Points joined by a line, in the order given.
  record Line(String name, String subject, Stroke stroke, List<Point> points) implements Series {
    public Line {
      points = checked(name, subject, points);
    }

    /// The same line of another subject.
    public Line of(String subject) {
      return new Line(name, subject, stroke, points);
    }

    /// The same line in another stroke.
    public Line in(Stroke stroke) {
      return new Line(name, subject, stroke, points);
    }
  }

  /// The best that all series together reach, such as a Pareto front: from each point on, its y
  /// holds until the next point. It is of no subject and drawn in the colour of the text.
  record Steps(String name, List<Point> points) implements Series {
    public Steps {
      points = checked(name, name, points);
    }

    @Override
    public String subject() {
      return name;
    }

    @Override
    public Stroke stroke() {
      return Stroke.SOLID;
    }
  }

  /// Points that no line joins.
  record Markers(String name, String subject, Stroke stroke, List<Point> points) implements Series {
    public Markers {
      points = checked(name, subject, points);
    }

    /// The same points of another subject.
    public Markers of(String subject) {
      return new Markers(name, subject, stroke, points);
    }

    /// The same points, hollow unless solid.
    public Markers in(Stroke stroke) {
      return new Markers(name, subject, stroke, points);
    }
  }

  /// Upright bars from 0, those of several series side by side; the axis of y is linear.
  record Bars(String name, List<Point> points) implements Series {
    public Bars {
      points = checked(name, name, points);
    }

    @Override
    public String subject() {
      return name;
    }

    @Override
    public Stroke stroke() {
      return Stroke.SOLID;
    }
  }

  /// One level across the whole figure: a deterministic twin, which knows no T.
  record Reference(
      String name, String subject, Stroke stroke, double y, Optional<Interval> interval)
      implements Series {
    public Reference {
      Texts.requirePresent("series name", name);
      Texts.requirePresent("series subject", subject);
      Numbers.requireFinite("y", y);
    }

    /// The same level with its interval of confidence.
    public Reference between(double low, double high) {
      return new Reference(name, subject, stroke, y, Optional.of(new Interval(low, high)));
    }

    /// The same level of another subject.
    public Reference of(String subject) {
      return new Reference(name, subject, stroke, y, interval);
    }

    /// The same level in another stroke.
    public Reference in(Stroke stroke) {
      return new Reference(name, subject, stroke, y, interval);
    }
  }

  static Line line(String name, List<Point> points) {
    return new Line(name, name, Stroke.SOLID, points);
  }

  static Markers markers(String name, List<Point> points) {
    return new Markers(name, name, Stroke.SOLID, points);
  }

  static Bars bars(String name, List<Point> points) {
    return new Bars(name, points);
  }

  static Reference reference(String name, double y) {
    return new Reference(name, name, Stroke.SOLID, y, Optional.empty());
  }

  private static List<Point> checked(String name, String subject, List<Point> points) {
    Texts.requirePresent("series name", name);
    Texts.requirePresent("series subject", subject);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("series '%s' must have at least 1 point".formatted(name));
    }
    return List.copyOf(points);
  }
}
