package org.pdnn.cli.train;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.pdnn.report.Axis;
import org.pdnn.report.Document;
import org.pdnn.report.Figure;
import org.pdnn.report.Form;
import org.pdnn.report.Point;
import org.pdnn.report.Series;

/// How a training went, drawn against its epochs.
final class CourseFigure {
  private static final int FEW = 10;

  /// What is drawn, by the name of the images that it is of.
  ///
  /// @param point none where an epoch has no value
  record Curve<E>(String name, Function<E, Stream<Point>> point) {}

  private CourseFigure() {}

  /// Adds a figure of the curves that have points.
  static <E> void add(
      Document document,
      String id,
      String title,
      String unit,
      List<E> epochs,
      List<Curve<E>> curves) {
    List<Series> series =
        curves.stream()
            .filter(curve -> epochs.stream().flatMap(curve.point).findAny().isPresent())
            .<Series>map(
                curve -> Series.line(curve.name, epochs.stream().flatMap(curve.point).toList()))
            .toList();
    if (!series.isEmpty()) {
      document.add(
          new Figure(
                  id + "-by-epoch",
                  title + " against epochs",
                  "Held-out images are training images that nothing is learnt from.",
                  axis(epochs.stream().flatMap(curves.getFirst().point).map(Point::x).toList()),
                  Axis.linear(title, unit),
                  series)
              .only(Form.PAGE));
    }
  }

  /// Few epochs are named each, as none lies between them.
  private static Axis axis(List<Double> epochs) {
    Axis axis = Axis.linear("Epoch", "");
    return epochs.size() > FEW
        ? axis
        : axis.withTicks(epochs.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
