package org.pdnn.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A figure's numbers as a table: one row a point, one value a column.
final class FigureValues {
  private static final Cell NONE = Cell.text("");

  private FigureValues() {}

  static Table of(Figure figure) {
    Axis x = figure.x();
    Axis y = figure.y();
    List<Table.Column> columns =
        List.of(
            new Table.Column("series", ""),
            new Table.Column(x.name(), x.unit()),
            new Table.Column(y.name(), y.unit()),
            new Table.Column(y.name() + " low", y.unit()),
            new Table.Column(y.name() + " high", y.unit()),
            new Table.Column("label", ""));
    List<List<Cell>> rows = figure.series().stream().flatMap(series -> rows(x, series)).toList();
    return new Table(figure.id(), figure.title(), figure.caption(), columns, rows);
  }

  private static Stream<List<Cell>> rows(Axis x, Series series) {
    return switch (series) {
      case Series.Line line -> rows(x, line.name(), line.points());
      case Series.Markers markers -> rows(x, markers.name(), markers.points());
      case Series.Bars bars -> rows(x, bars.name(), bars.points());
      case Series.Reference reference ->
          Stream.of(row(reference.name(), NONE, reference.y(), reference.interval(), ""));
    };
  }

  private static Stream<List<Cell>> rows(Axis x, String name, List<Point> points) {
    return points.stream()
        .map(point -> row(name, x.cell(point.x()), point.y(), point.interval(), point.label()));
  }

  private static List<Cell> row(
      String name, Cell x, double y, Optional<Interval> interval, String label) {
    List<Cell> row = new ArrayList<>(List.of(Cell.text(name), x, Cell.number(y)));
    row.add(interval.map(Interval::low).map(Cell::number).orElse(NONE));
    row.add(interval.map(Interval::high).map(Cell::number).orElse(NONE));
    row.add(Cell.text(label));
    return row;
  }
}
