package org.pdnn.reproduction;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingDouble;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pdnn.energy.Technology;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Findings;
import org.pdnn.tradeoff.ParetoFront;

/// Samples beside bits, from what was found.
final class BaselinesReport extends ExperimentReport {
  private static final double PERCENT = 100;
  private static final List<String> TECHNOLOGIES = List.of("sram65", "hbm2-sram65");

  private final List<Baseline> measured;

  /// @throws IllegalArgumentException if nothing was found
  BaselinesReport(Experiment experiment, Findings findings) {
    super(experiment, "", findings);
    this.measured = Baseline.all(findings);
    if (measured.isEmpty()) {
      throw new IllegalArgumentException("nothing of the baselines was found");
    }
  }

  @Override
  List<String> notes() {
    return List.of(
        "One-bit weights are signs times a fixed scale a layer, learnt with straight-through"
            + " gradients to clipped real weights (BinaryConnect); with one-bit activations the"
            + " network is binarised, with the gradient of tanh in place of the hard tanh.",
        "Deterministic networks of 32-bit and of one-bit weights and binarised ones are trained"
            + " from scratch; p-bits, and one-bit activations of 32-bit weights, follow the one"
            + " with their weights, by fewer epochs.",
        "Four-bit weights are rounded after training, in groups of 64, eight bits in the first and"
            + " last layer; scales are free.",
        "Integers of eight bits are measured in ONNX Runtime, their ranges calibrated with training"
            + " images.",
        "Energies are those of the convention strict with pixels of eight bits; arithmetic on fewer"
            + " bits scales with the width of adders and the area of multipliers.");
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> items = new ArrayList<>();
    for (String name : TECHNOLOGIES) {
      items.add(figure(Technology.named(name), name));
    }
    items.add(table());
    return items;
  }

  private Figure figure(Technology technology, String name) {
    Map<String, List<Point>> points = new LinkedHashMap<>();
    for (Baseline one : measured) {
      points.computeIfAbsent(one.name(), _ -> new ArrayList<>()).add(point(one, technology));
    }
    List<Series> series = new ArrayList<>();
    points.forEach((title, of) ->
        series.add(of.size() == 1 ? Series.markers(title, of) : Series.line(title, of)));
    int seeds = measured.stream().mapToInt(Baseline::seeds).max().orElse(1);
    List<Point> front =
        front(technology).stream().map(one -> point(one, technology).labelled("")).toList();
    series.add(new Series.Steps("Pareto front", front));
    return new Figure(
        "baselines-" + name,
        "Accuracy against energy, " + name,
        "One colour per network. The front, in steps, is the best accuracy that an energy buys. "
            + new NoiseSeeds(seeds).words(),
        Axis.log10("Energy an image", "nJ"),
        Axis.linear("Accuracy", "%"),
        series);
  }

  private static Point point(Baseline one, Technology technology) {
    return new NoiseSeeds(one.seeds())
        .point(
            one.energy(technology).nanojoules(),
            PERCENT * one.accuracy().value(),
            PERCENT * one.accuracy().low(),
            PERCENT * one.accuracy().high())
        .labelled(one.label());
  }

  private List<Baseline> front(Technology technology) {
    return ParetoFront.of(
        measured,
        comparing(one -> one.energy(technology)),
        comparingDouble(one -> one.accuracy().value()));
  }

  private Table table() {
    List<Technology> technologies = TECHNOLOGIES.stream().map(Technology::named).toList();
    List<List<Baseline>> fronts = technologies.stream().map(this::front).toList();
    List<List<Cell>> rows = new ArrayList<>();
    for (Baseline one : measured) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(one.name()));
      row.add(Cell.text(one.label()));
      row.add(Cell.number(PERCENT * one.accuracy().value(), "%.2f"));
      for (int i = 0; i < technologies.size(); i++) {
        row.add(Cell.number(one.energy(technologies.get(i)).nanojoules(), "%.0f"));
        row.add(Cell.text(fronts.get(i).contains(one) ? "front" : ""));
      }
      rows.add(row);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.named("network", ""));
    columns.add(Column.named("samples", ""));
    columns.add(Column.named("accuracy", "%"));
    for (String name : TECHNOLOGIES) {
      columns.add(Column.named(name, "nJ"));
      columns.add(Column.named("on the front, " + name, ""));
    }
    return new Table(
        "baselines-table", "Samples beside bits", "Energies are of one image.", columns, rows);
  }
}
