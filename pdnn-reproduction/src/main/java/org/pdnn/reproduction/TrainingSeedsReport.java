package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.experiment.RepeatedComparison;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.reproduction.Accuracies.Measured;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Training runs beside each other, from what was found.
final class TrainingSeedsReport extends ExperimentReport {
  private static final String PLACE = "fig. 4a";
  private static final String NONE = "–";
  private static final List<Series.Stroke> STROKES = List.of(Series.Stroke.values());

  private final List<Measured> curves;

  /// Those of the most runs.
  private final List<Found<RepeatedComparison.Result>> comparisons;

  /// Ascending.
  private final List<Long> seeds;

  /// @throws IllegalArgumentException if nothing was found
  TrainingSeedsReport(Experiment experiment, Findings findings) {
    super(experiment, "figure 4a", findings);
    this.curves = new Accuracies(findings).all(recipe -> !recipe.frozen());
    List<Found<RepeatedComparison.Result>> all = findings.of(RepeatedComparison.KIND);
    int most = all.stream().mapToInt(TrainingSeedsReport::runs).max().orElse(0);
    this.comparisons = all.stream().filter(entry -> runs(entry) == most).toList();
    this.seeds =
        curves.stream().map(curve -> curve.recipe().trainingSeed()).distinct().sorted().toList();
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("nothing of figure 4a's training seeds was found");
    }
  }

  @Override
  public List<Ordering> orderings() {
    return comparisons.stream()
        .map(found -> pair(found).ordering(PLACE, found.result().paired()))
        .toList();
  }

  private static int runs(Found<RepeatedComparison.Result> comparison) {
    return comparison.result().runs().size();
  }

  /// What all runs compare.
  private static ComparedPair pair(Found<RepeatedComparison.Result> comparison) {
    return ComparedPair.of(comparison.recipe().objects("runs").getFirst());
  }

  @Override
  List<String> notes() {
    return List.of(
        String.format(
            Locale.ROOT,
            "From each seed the deterministic network was trained from scratch and the others from"
                + " it; all were measured on the same %,d images.",
            curves.getFirst().recipe().fields().integer("images")),
        "Intervals of orderings are of the mean over these runs: they cover other images and other"
            + " noise, not other runs. What other runs may give, the spread of these shows.");
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> items = new ArrayList<>(List.of(chart(), accuracies()));
    if (!comparisons.isEmpty()) {
      items.add(byRun());
    }
    return items;
  }

  private static String name(Measured curve) {
    CurveRecipe recipe = curve.recipe();
    return switch (recipe.neuron()) {
      case "sigmoid" -> "32 bits";
      case "sigmoid:1bit" -> "1 bit";
      default -> recipe.name() + (recipe.expectation() ? ", scrambled with expectation" : "");
    };
  }

  private static boolean deterministic(Measured curve) {
    return curve.recipe().deterministic();
  }

  private Figure chart() {
    List<Series> series = new ArrayList<>();
    for (Measured curve : curves) {
      String name = "%s, seed %s".formatted(name(curve), curve.recipe().trainingSeed());
      Series.Stroke stroke =
          STROKES.get(seeds.indexOf(curve.recipe().trainingSeed()) % STROKES.size());
      series.add(
          deterministic(curve)
              ? Series.reference(name, curve.exact()).of(name(curve)).in(stroke)
              : Series.line(name, curve.points()).of(name(curve)).in(stroke));
    }
    return new Figure(
        "fig4a-seeds-accuracy",
        "Accuracy against samples in each training run",
        "One colour per network; solid, dashed and dotted lines are the runs in turn. %s"
            .formatted(curves.getFirst().recipe().seeds().words()),
        Axis.log2("Samples T", "").withTicks(1, 2, 3, 5, 10, 32),
        Axis.linear("Accuracy", "%"),
        series);
  }

  private static List<Column> columns(String first, String second, String unit, List<Long> seeds) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.named(first, ""));
    columns.add(Column.named(second, ""));
    seeds.forEach(seed -> columns.add(Column.named("Seed " + seed, unit)));
    columns.add(Column.named("Mean", unit));
    return columns;
  }

  private Table accuracies() {
    List<List<Cell>> rows = new ArrayList<>();
    for (String name : curves.stream().map(TrainingSeedsReport::name).distinct().toList()) {
      Measured first =
          curves.stream().filter(curve -> name(curve).equals(name)).toList().getFirst();
      if (deterministic(first)) {
        rows.add(row(name, NONE, bySeed(name, curve -> Optional.of(curve.exact()))));
        continue;
      }
      for (Point point : first.points()) {
        int samples = (int) point.x();
        rows.add(
            row(
                name,
                String.valueOf(samples),
                bySeed(name, curve -> curve.at(samples).map(Point::y))));
      }
    }
    return new Table(
        "fig4a-seeds-accuracies",
        "Accuracies of each training run",
        "Of all noise seeds; the mean of runs where all have finished.",
        columns("Network", "T", "%", seeds),
        rows);
  }

  private List<Optional<Double>> bySeed(String name, Value value) {
    return seeds.stream()
        .map(seed ->
            curves.stream()
                .filter(curve -> curve.recipe().trainingSeed() == seed && name(curve).equals(name))
                .findFirst()
                .flatMap(value::of))
        .toList();
  }

  private interface Value {
    Optional<Double> of(Measured curve);
  }

  private static List<Cell> row(String first, String second, List<Optional<Double>> values) {
    List<Cell> row = new ArrayList<>(List.of(Cell.text(first), Cell.text(second)));
    values.forEach(
        value -> row.add(value.map(TrainingSeedsReport::number).orElse(Cell.text(NONE))));
    boolean whole = values.stream().allMatch(Optional::isPresent);
    double sum = values.stream().flatMap(Optional::stream).mapToDouble(Double::doubleValue).sum();
    row.add(whole ? number(sum / values.size()) : Cell.text(NONE));
    return row;
  }

  private static Cell number(double value) {
    return Cell.number(value, "%.2f");
  }

  private Table byRun() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Found<RepeatedComparison.Result> comparison : comparisons) {
      ComparedPair pair = pair(comparison);
      List<Optional<Double>> differences =
          comparison.result().runs().stream()
              .map(run -> Optional.of(100 * (run + pair.margin())))
              .toList();
      long above = differences.stream().flatMap(Optional::stream).filter(one -> one > 0).count();
      rows.add(row(pair.statement(), "%s of %s".formatted(above, differences.size()), differences));
    }
    return new Table(
        "fig4a-seeds-runs",
        "What must be larger than what, in each training run",
        "Differences of the mean over noise seeds.",
        columns(
            "Statement",
            "Runs with it",
            "points",
            comparisons.getFirst().recipe().objects("runs").stream()
                .map(run -> ComparedPair.of(run).one().trainingSeed())
                .toList()),
        rows);
  }
}
