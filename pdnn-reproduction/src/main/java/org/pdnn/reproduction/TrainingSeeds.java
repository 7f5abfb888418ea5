package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.pdnn.data.DataSet;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Comparison;
import org.pdnn.experiment.MeasuredCurve;
import org.pdnn.experiment.RepeatedComparison;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Findings;

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

  public TrainingSeeds() {
    super("fig4a-seeds", "Accuracy against samples over training seeds", "cifar10");
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
  public Reproduction draw(Findings findings) {
    return new TrainingSeedsReport(this, findings);
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
