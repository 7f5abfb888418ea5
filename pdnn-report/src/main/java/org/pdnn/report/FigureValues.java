package org.pdnn.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A figure's numbers as a table.
final class FigureValues {
  private static final Cell NONE = new Cell.Text("");
  private static final int WIDEST = 12;
  private static final int DIGITS = 4;

  private FigureValues() {}

  /// For readers: a series a row, an x a column, numbers rounded, with their intervals in brackets;
  /// a point a row where there are too many x for that, several points at one, or labels.
  static Table shown(Figure figure) {
    List<Double> places =
        figure.series().stream()
            .flatMap(series -> points(series).stream())
            .map(Point::x)
            .distinct()
            .sorted()
            .toList();
    if (places.size() > WIDEST || !figure.series().stream().allMatch(FigureValues::isRow)) {
      return list(figure);
    }
    Axis x = figure.x();
    Axis y = figure.y();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.shown(heading(y) + " by " + heading(x)));
    List<Double> shown = places.isEmpty() ? List.of(0.0) : places;
    shown.forEach(place -> columns.add(Column.shown(places.isEmpty() ? "always" : x.shown(place))));
    List<List<Cell>> rows = new ArrayList<>();
    for (Series series : figure.series()) {
      List<Cell> row = new ArrayList<>(List.of(new Cell.Text(series.name())));
      shown.forEach(place -> row.add(new Cell.Text(at(series, place))));
      rows.add(row);
    }
    return new Table(figure.id(), figure.title(), figure.caption(), columns, rows);
  }

  private static Table list(Figure figure) {
    List<Column> columns =
        List.of(
            Column.shown("Series"),
            Column.shown(heading(figure.x())),
            Column.shown(heading(figure.y())),
            Column.shown("Label"));
    List<List<Cell>> rows = new ArrayList<>();
    for (Series series : figure.series()) {
      if (series instanceof Series.Reference) {
        rows.add(List.of(new Cell.Text(series.name()), NONE, new Cell.Text(at(series, 0)), NONE));
      }
      for (Point point : points(series)) {
        rows.add(
            List.of(
                new Cell.Text(series.name()),
                new Cell.Text(place(figure.x(), point.x())),
                new Cell.Text(rounded(point.y(), point.interval())),
                new Cell.Text(point.label())));
      }
    }
    return new Table(figure.id(), figure.title(), figure.caption(), columns, rows);
  }

  /// The label where there is one.
  private static String place(Axis axis, double value) {
    return axis.cell(value) instanceof Cell.Text(String label) ? label : rounded(value);
  }

  private static boolean isRow(Series series) {
    List<Point> points = points(series);
    return points.stream().map(Point::x).distinct().count() == points.size()
        && points.stream().allMatch(point -> point.label().isEmpty());
  }

  private static String heading(Axis axis) {
    return Column.shown(axis.name()).in(axis.unit()).title();
  }

  /// A reference is the same at every x.
  private static String at(Series series, double place) {
    if (series instanceof Series.Reference reference) {
      return rounded(reference.y(), reference.interval());
    }
    return points(series).stream()
        .filter(point -> point.x() == place)
        .findFirst()
        .map(point -> rounded(point.y(), point.interval()))
        .orElse("");
  }

  private static String rounded(double value, Optional<Interval> interval) {
    return rounded(value)
        + interval
            .filter(bounds -> bounds.low() < bounds.high())
            .map(bounds -> " [%s, %s]".formatted(rounded(bounds.low()), rounded(bounds.high())))
            .orElse("");
  }

  /// Four digits, more before the point if there are more.
  private static String rounded(double value) {
    BigDecimal exact = BigDecimal.valueOf(value);
    int before = value == 0 ? 1 : exact.precision() - exact.scale();
    return exact.setScale(Math.max(0, DIGITS - before), RoundingMode.HALF_EVEN).toPlainString();
  }

  /// None of a reference, which is the same at every x.
  static List<Point> points(Series series) {
    return switch (series) {
      case Series.Line line -> line.points();
      case Series.Steps steps -> steps.points();
      case Series.Markers markers -> markers.points();
      case Series.Bars bars -> bars.points();
      case Series.Reference reference -> List.of();
    };
  }

  /// For scripts: a point a row, a value a column, all digits.
  static Table of(Figure figure) {
    Axis x = figure.x();
    Axis y = figure.y();
    List<Column> columns =
        List.of(
            Column.of("series", "Series"),
            Column.of("x", x.name()).in(x.unit()),
            Column.of("y", y.name()).in(y.unit()),
            Column.shown(y.name() + " low").in(y.unit()),
            Column.shown(y.name() + " high").in(y.unit()),
            Column.of("label", "Label"));
    List<List<Cell>> rows = figure.series().stream().flatMap(series -> rows(x, series)).toList();
    return new Table(figure.id(), figure.title(), figure.caption(), columns, rows);
  }

  private static Stream<List<Cell>> rows(Axis x, Series series) {
    if (series instanceof Series.Reference reference) {
      return Stream.of(row(reference.name(), NONE, reference.y(), reference.interval(), ""));
    }
    return points(series).stream()
        .map(point ->
            row(series.name(), x.cell(point.x()), point.y(), point.interval(), point.label()));
  }

  private static List<Cell> row(
      String name, Cell x, double y, Optional<Interval> interval, String label) {
    return List.of(
        new Cell.Text(name),
        x,
        interval.<Cell>map(bounds -> new Cell.Measured(y, bounds)).orElse(new Cell.Real(y)),
        interval.<Cell>map(bounds -> new Cell.Real(bounds.low())).orElse(NONE),
        interval.<Cell>map(bounds -> new Cell.Real(bounds.high())).orElse(NONE),
        new Cell.Text(label));
  }
}
