package org.pdnn.report;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Series over two axes.
///
/// @param id lower-case words joined by hyphens
/// @param series with different names; on a log axis all values and intervals are positive
public record Figure(String id, String title, String caption, Axis x, Axis y, List<Series> series)
    implements Item {
  public Figure {
    Texts.requireSlug(id);
    Texts.requirePresent("title", title);
    series = List.copyOf(series);
    if (series.isEmpty()) {
      throw new IllegalArgumentException("figure '%s' must have at least 1 series".formatted(id));
    }
    Set<String> names = new HashSet<>();
    for (Series one : series) {
      if (!names.add(one.name())) {
        throw new IllegalArgumentException(
            "series names must differ within figure '%s', got '%s' twice"
                .formatted(id, one.name()));
      }
      switch (one) {
        case Series.Line line -> line.points().forEach(point -> check(x, y, one, point));
        case Series.Steps steps -> steps.points().forEach(point -> check(x, y, one, point));
        case Series.Markers markers -> markers.points().forEach(point -> check(x, y, one, point));
        case Series.Bars bars -> {
          if (y.scale() != Axis.Scale.LINEAR) {
            throw new IllegalArgumentException(
                "bars begin at 0, which the log axis '%s' does not have; got bars '%s'"
                    .formatted(y.name(), bars.name()));
          }
          bars.points().forEach(point -> check(x, y, one, point));
        }
        case Series.Reference reference -> {
          y.requireDrawable(reference.y(), one.name());
          reference.interval().ifPresent(interval -> check(y, one, interval));
        }
      }
    }
  }

  private static void check(Axis x, Axis y, Series series, Point point) {
    x.requireDrawable(point.x(), series.name());
    y.requireDrawable(point.y(), series.name());
    point.interval().ifPresent(interval -> check(y, series, interval));
  }

  private static void check(Axis y, Series series, Interval interval) {
    y.requireDrawable(interval.low(), series.name());
    y.requireDrawable(interval.high(), series.name());
  }
}
