package org.pdnn.cli.energy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pdnn.cli.energy.EnergyCurve.Row;
import org.pdnn.cli.energy.EnergyLayers.Layer;
import org.pdnn.energy.Joules;
import org.pdnn.report.Axis;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Series.Stroke;

/// The charts of energies, in the unit of their table. Phases of a language model have a chart
/// each, the prompt first.
///
/// @param <R> what the table's rows are about
record EnergyFigures<R extends Priced>(EnergyTable<R> table) {
  /// Energies further apart than this stand on a log axis.
  private static final double FAR = 20;

  /// The layers beside each other.
  static List<Figure> layers(EnergyTable<Layer> table, int samples) {
    EnergyFigures<Layer> figures = new EnergyFigures<>(table);
    List<Figure> all = new ArrayList<>();
    figures
        .phases()
        .forEach((phase, layers) ->
            figures.draw(
                all,
                named("energy-by-layer", "-", phase),
                named("Energy by layer", ", ", phase),
                "At T = %s, without zeros. Hollow markers: the total. Layers: %s."
                    .formatted(
                        samples,
                        layers.stream().map(Layer::label).collect(Collectors.joining(", "))),
                Axis.linear("Layer", ""),
                layers,
                markers(figures.terms(layers, layer -> layer.priced().work().index()))));
    return all;
  }

  /// Energies and gains along a curve; where each phase has one point, the phases side by side.
  static List<Figure> curve(EnergyTable<Row> table, Swept swept) {
    EnergyFigures<Row> figures = new EnergyFigures<>(table);
    SequencedMap<String, List<Row>> phases = figures.phases();
    List<Row> points = table.subjects();
    List<Figure> all = new ArrayList<>();
    if (phases.size() > 1 && phases.size() == points.size()) {
      figures.draw(
          all,
          "energy",
          "Energy of a token",
          "By what it is spent on, without zeros. Hollow markers: the total.",
          Axis.of("Phase", List.copyOf(phases.keySet())),
          points,
          markers(figures.terms(points, point -> points.indexOf(point) + 1)));
      return all;
    }
    phases.forEach((phase, own) -> {
      List<Series> series = figures.terms(own, Row::place);
      if (swept == Swept.SAMPLES) {
        series.addAll(twin(table, own.getFirst()));
      }
      figures.draw(
          all,
          named("energy", "-", phase),
          named(phase.isEmpty() ? "Energy of one inference" : "Energy of a token", ", ", phase),
          "By what it is spent on. Weights are read once for all samples.",
          swept.axis(),
          own,
          series);
    });
    if (!points.stream().allMatch(point -> point.gain() == 1)) {
      all.add(gain(phases, swept));
    }
    return all;
  }

  private static String named(String name, String separator, String phase) {
    return phase.isEmpty() ? name : name + separator + phase;
  }

  private SequencedMap<String, List<R>> phases() {
    return table.subjects().stream()
        .collect(
            Collectors.groupingBy(
                row -> Phase.of(row.workload()).map(Phase::name).orElse(""),
                LinkedHashMap::new,
                Collectors.toList()));
  }

  private static List<Series> twin(EnergyTable<Row> table, Row first) {
    Joules energy = first.energy().total().times(first.gain());
    return energy.equals(Joules.ZERO)
        ? List.of()
        : List.of(
            Series.reference("32-bit deterministic twin", table.shown(first.workload(), energy)));
  }

  private static Figure gain(SequencedMap<String, List<Row>> phases, Swept swept) {
    List<Series> series = new ArrayList<>();
    phases.forEach((phase, points) ->
        series.add(
            Series.line(
                phase.isEmpty() ? "gain" : phase,
                points.stream().map(point -> Point.of(point.place(), point.gain())).toList())));
    series.add(Series.reference("even", 1));
    return new Figure(
        "gain",
        "Gain",
        "How many times as much the 32-bit deterministic twin takes. Below 1 the samples cost"
            + " more.",
        swept.axis(),
        Axis.linear("Gain", ""),
        series);
  }

  /// Adds a figure of energies, unless all of them are 0.
  private void draw(
      List<Figure> all,
      String id,
      String title,
      String caption,
      Axis x,
      List<R> rows,
      List<Series> energies) {
    if (energies.isEmpty()) {
      return;
    }
    DoubleSummaryStatistics values =
        rows.stream()
            .flatMapToDouble(row -> table.terms().stream().mapToDouble(t -> table.shown(row, t)))
            .filter(value -> value > 0)
            .summaryStatistics();
    boolean far = values.getMax() > FAR * values.getMin();
    Axis y = far ? Axis.log10("Energy", table.symbol()) : Axis.linear("Energy", table.symbol());
    all.add(new Figure(id, title, caption, x, y, energies));
  }

  /// A line for each term, the total first; what is 0 has no place on a log axis.
  private List<Series> terms(List<R> rows, ToDoubleFunction<R> x) {
    List<Series> series = new ArrayList<>();
    List<EnergyTerm> terms = new ArrayList<>(table.terms());
    Collections.rotate(terms, 1);
    for (EnergyTerm term : terms) {
      List<Point> points =
          rows.stream()
              .filter(row -> table.shown(row, term) > 0)
              .map(row -> Point.of(x.applyAsDouble(row), table.shown(row, term)))
              .toList();
      if (!points.isEmpty()) {
        series.add(Series.line(term.toString(), points));
      }
    }
    return series;
  }

  /// The same points without lines. The total is hollow, so that it and a term that takes nearly
  /// all are both seen.
  private static List<Series> markers(List<Series> series) {
    return series.stream()
        .flatMap(one ->
            one instanceof Series.Line line
                ? Stream.<Series>of(
                    Series.markers(line.name(), line.points())
                        .in(
                            line.name().equals(EnergyTerm.TOTAL.toString())
                                ? Stroke.DASHED
                                : Stroke.SOLID))
                : Stream.of(one))
        .toList();
  }
}
