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
  /// What is drawn, by the name of the images that it is of.
  ///
  /// @param point none where an epoch has no value
  record Curve<E>(String name, Function<E, Stream<Point>> point) {}

  private CourseFigure() {}

  /// Adds a figure of the curves that have points.
  @SafeVarargs
  static <E> void add(
      Document document, String id, String title, String unit, List<E> epochs, Curve<E>... curves) {
    List<Series> series =
        Stream.of(curves)
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
                  Axis.linear("Epoch", ""),
                  Axis.linear(title, unit),
                  series)
              .only(Form.PAGE));
    }
  }
}
