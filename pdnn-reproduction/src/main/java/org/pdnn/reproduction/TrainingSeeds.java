package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Comparison;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.experiment.RepeatedComparison;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Whether what figure 4a says of s and of few bits survives other training runs: everything, the
/// deterministic network included, is trained again from other seeds and measured on the same
/// images.
public final class TrainingSeeds extends Experiment {
  /// What a budget allows.
  ///
  /// @param runs training seeds
  /// @param trained the least s and the greatest
  /// @param samples the T
  /// @param ten the T at which a p-DNN is held against 32 bits
  /// @param seeds noise seeds
  private record Scale(int runs, List<Integer> trained, List<Integer> samples, int ten, int seeds) {
    static Scale of(Budget budget) {
      return switch (budget) {
        case TINY -> new Scale(2, List.of(1, 2), List.of(1, 2, 4), 4, 2);
        case QUICK -> new Scale(2, List.of(1, 5), Printed.ACCURACIES.samples(), 10, 3);
        case STANDARD -> new Scale(3, List.of(1, 5), Printed.ACCURACIES.samples(), 10, 3);
        case PAPER -> new Scale(3, List.of(1, 45), Printed.ACCURACIES.samples(), 10, 5);
      };
    }
  }

  private static final List<Series.Stroke> STROKES = List.of(Series.Stroke.values());

  public TrainingSeeds() {
    super("fig4a-seeds", "figure 4a", "Accuracy against samples over training seeds", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    Scale scale = Scale.of(budget);
    List<Run> runs =
        LongStream.range(seed, seed + scale.runs())
            .mapToObj(one -> Run.of(ClassifierPlan.of(budget, data, one), scale))
            .toList();
    List<Cell<?>> cells = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      cells.addAll(runs.get(i).curves());
      if (i > 0) {
        // Over the first two, the first three and so on: a sweep that ends early has compared some.
        cells.addAll(compared(runs.subList(0, i + 1), scale));
      }
    }
    return cells;
  }

  private static List<Cell<?>> compared(List<Run> runs, Scale scale) {
    List<List<Comparison>> byRun = runs.stream().map(run -> run.comparisons(scale)).toList();
    List<Cell<?>> cells = new ArrayList<>();
    for (int i = 0; i < byRun.getFirst().size(); i++) {
      int at = i;
      cells.add(
          new RepeatedComparison(byRun.stream().map(comparisons -> comparisons.get(at)).toList()));
    }
    return cells;
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    List<Measured> curves =
        found(Measured.all(Measured.all(findings, MeasuredCurve.KIND), run -> !run.frozen()));
    page.remark(
        String.format(
            Locale.ROOT,
            "From each seed the deterministic network was trained from scratch and the others from"
                + " it; all were measured on the same %,d images.",
            curves.getFirst().run().recipe().integer("images")),
        "Intervals of orderings are of the mean over these runs: they cover other images and other"
            + " noise, not other runs. What other runs may give, the spread of these shows.");
    List<Long> seeds =
        curves.stream().map(curve -> curve.run().trainingSeed()).distinct().sorted().toList();
    page.add(chart(curves, seeds)).add(accuracies(curves, seeds));
    List<Found<RepeatedComparison.Result>> all = findings.of(RepeatedComparison.KIND);
    int most = all.stream().mapToInt(one -> one.result().runs().size()).max().orElse(0);
    List<Found<RepeatedComparison.Result>> comparisons =
        all.stream().filter(one -> one.result().runs().size() == most).toList();
    if (!comparisons.isEmpty()) {
      comparisons.forEach(
          one -> page.order(pairs(one).getFirst().ordering("fig. 4a", one.result().paired())));
      page.add(byRun(comparisons));
    }
  }

  private static String name(Measured curve) {
    return switch (curve.run().neuron()) {
      case "sigmoid" -> "32 bits";
      case "sigmoid:1bit" -> "1 bit";
      default ->
          curve.run().name() + (curve.run().expectation() ? ", scrambled with expectation" : "");
    };
  }

  private static Figure chart(List<Measured> curves, List<Long> seeds) {
    List<Series> series = new ArrayList<>();
    for (Measured curve : curves) {
      long seed = curve.run().trainingSeed();
      String name = "%s, seed %s".formatted(name(curve), seed);
      Series.Stroke stroke = STROKES.get(seeds.indexOf(seed) % STROKES.size());
      series.add(
          curve.run().random()
              ? curve.line(name).of(name(curve)).in(stroke)
              : curve.reference(name).of(name(curve)).in(stroke));
    }
    return Charts.againstSamples(
        "fig4a-seeds-accuracy",
        "Accuracy against samples in each training run",
        "One colour per network; solid, dashed and dotted lines are the runs in turn. "
            + curves.getFirst().run().seeds().words(),
        Charts.ACCURACY,
        series);
  }

  /// A number of each training run.
  ///
  /// @param bySeed shares; absent where a run has not finished
  private record Row(String words, OptionalInt samples, Map<Long, Double> bySeed) {
    Optional<Double> of(long seed) {
      return Optional.ofNullable(bySeed.get(seed));
    }

    /// Of all runs.
    Optional<Double> mean(List<Long> seeds) {
      return bySeed.keySet().containsAll(seeds)
          ? Optional.of(seeds.stream().mapToDouble(bySeed::get).average().orElseThrow())
          : Optional.empty();
    }
  }

  /// A column for each run, and one for their mean.
  private static Rows<Row> columns(Rows<Row> rows, List<Long> seeds, Column column) {
    for (long seed : seeds) {
      rows.add(column.under("seed" + seed, "Seed " + seed), row -> row.of(seed));
    }
    return rows.add(column.under("mean", "Mean"), row -> row.mean(seeds));
  }

  private static Table accuracies(List<Measured> curves, List<Long> seeds) {
    Map<Row, Row> rows = new LinkedHashMap<>();
    for (Measured curve : curves) {
      Curve accuracies = curve.accuracies();
      if (curve.run().random()) {
        accuracies
            .values()
            .forEach(
                (samples, accuracy) -> add(rows, curve, OptionalInt.of(samples), accuracy.value()));
      } else {
        add(rows, curve, OptionalInt.empty(), curve.deterministic());
      }
    }
    return columns(
            new Rows<>(List.copyOf(rows.values()))
                .add("network", "Network", Row::words)
                .add("samples", "T", Row::samples),
            seeds,
            Column.percent("accuracy", "Accuracy"))
        .table(
            "fig4a-seeds-accuracies",
            "Accuracies of each training run",
            "Of all noise seeds; the mean of runs where all have finished.");
  }

  private static void add(
      Map<Row, Row> rows, Measured curve, OptionalInt samples, double accuracy) {
    rows.computeIfAbsent(
            new Row(name(curve), samples, Map.of()),
            key -> new Row(key.words(), samples, new HashMap<>()))
        .bySeed()
        .put(curve.run().trainingSeed(), accuracy);
  }

  private static List<ComparedPair> pairs(Found<RepeatedComparison.Result> comparison) {
    return comparison.recipe().objects("runs").stream().map(ComparedPair::of).toList();
  }

  private static Table byRun(List<Found<RepeatedComparison.Result>> comparisons) {
    List<Row> rows = new ArrayList<>();
    for (Found<RepeatedComparison.Result> comparison : comparisons) {
      List<ComparedPair> pairs = pairs(comparison);
      Map<Long, Double> bySeed = new HashMap<>();
      for (int i = 0; i < pairs.size(); i++) {
        ComparedPair pair = pairs.get(i);
        bySeed.put(pair.one().trainingSeed(), comparison.result().runs().get(i) + pair.margin());
      }
      rows.add(new Row(pairs.getFirst().statement(), OptionalInt.empty(), bySeed));
    }
    return columns(
            new Rows<>(rows)
                .add("statement", "Statement", Row::words)
                .add("runsWithIt", "Runs with it", TrainingSeeds::above),
            pairs(comparisons.getFirst()).stream().map(pair -> pair.one().trainingSeed()).toList(),
            Column.percent("difference", "Difference").in(Ordering.POINTS))
        .table(
            "fig4a-seeds-runs",
            "What must be larger than what, in each training run",
            "Differences of the mean over noise seeds.");
  }

  private static long above(Row row) {
    return row.bySeed().values().stream().filter(one -> one > 0).count();
  }

  /// What is trained from one seed and measured.
  ///
  /// @param shared the greatest s, by scrambled passes with expectation
  private record Run(
      MeasuredCurve twin,
      MeasuredCurve oneBit,
      Map<Integer, MeasuredCurve> byTraining,
      MeasuredCurve shared) {
    static Run of(ClassifierPlan networks, Scale scale) {
      ClassifierCurves curves = new ClassifierCurves(networks, scale.samples(), scale.seeds());
      Map<Integer, MeasuredCurve> byTraining = new TreeMap<>();
      scale.trained().forEach(s -> byTraining.put(s, curves.of(networks.pdnn(s))));
      return new Run(
          curves.of(networks.twin()),
          curves.of(networks.deterministic(1)),
          byTraining,
          curves.shared(networks.pdnn(scale.trained().getLast())));
    }

    List<Cell<?>> curves() {
      List<Cell<?>> cells = new ArrayList<>(List.of(twin, oneBit));
      cells.addAll(byTraining.values());
      cells.add(shared);
      return cells;
    }

    List<Comparison> comparisons(Scale scale) {
      int least = scale.trained().getFirst();
      int most = scale.trained().getLast();
      MeasuredCurve fewest = Objects.requireNonNull(byTraining.get(least));
      MeasuredCurve best = Objects.requireNonNull(byTraining.get(most));
      List<Comparison> comparisons = new ArrayList<>();
      comparisons.add(new Comparison(best, 2, oneBit, 1));
      comparisons.add(new Comparison(shared, 2, oneBit, 1));
      comparisons.add(new Comparison(best, scale.ten(), twin, 1));
      for (int samples : scale.samples()) {
        comparisons.add(new Comparison(best, samples, fewest, samples));
      }
      return comparisons;
    }
  }
}
