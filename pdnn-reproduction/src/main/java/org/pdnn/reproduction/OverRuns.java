package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.pdnn.evaluation.Estimate;
import org.pdnn.sampling.Precision;
import org.pdnn.tradeoff.Question;
import org.pdnn.tradeoff.Setting;
import org.pdnn.tradeoff.Trial;

/// What [EqualWidths] measured, by setting and training run: only runs of which every setting was
/// measured, so that a sweep that is drawn before it has ended compares the same runs.
///
/// @param bySetting in the order of the cells; by seed
record OverRuns(Map<Setting, SortedMap<Long, SettingRun>> bySetting) {
  /// @param experiment its name
  static OverRuns of(String experiment, List<SettingRun> measured) {
    Map<Setting, SortedMap<Long, SettingRun>> all = new LinkedHashMap<>();
    for (SettingRun one : measured) {
      all.computeIfAbsent(one.setting(), _ -> new TreeMap<>()).put(one.run(), one);
    }
    Set<Long> complete = new TreeSet<>();
    all.values().forEach(runs -> complete.addAll(runs.keySet()));
    all.values().forEach(runs -> complete.retainAll(runs.keySet()));
    if (complete.isEmpty()) {
      throw new IllegalArgumentException(
          "no training run of %s is finished yet".formatted(experiment));
    }
    all.values().forEach(runs -> runs.keySet().retainAll(complete));
    return new OverRuns(all);
  }

  Collection<Setting> settings() {
    return bySetting.keySet();
  }

  /// Seeds of the training runs.
  Set<Long> runs() {
    return bySetting.values().iterator().next().keySet();
  }

  /// By training run.
  List<Double> accuracies(Setting setting) {
    return Objects.requireNonNull(bySetting.get(setting)).values().stream()
        .map(SettingRun::accuracy)
        .toList();
  }

  /// The mean over training runs, with its 95 % interval over them.
  Estimate accuracy(Setting setting) {
    return Estimate.over(accuracies(setting).stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// How much more accurate the one is than the other: the mean over training runs, with Student's
  /// 95 % interval over them; of too few runs for that, the interval over images. Empty if which
  /// images were right was not kept either.
  Optional<Estimate> difference(Setting one, Setting other) {
    List<Double> ones = accuracies(one);
    List<Double> others = accuracies(other);
    if (ones.size() < Estimate.FEWEST_REPETITIONS) {
      return joined(one).flatMap(own -> joined(other).map(own::minus));
    }
    double[] differences = new double[ones.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = ones.get(i) - others.get(i);
    }
    return Optional.of(Estimate.over(differences));
  }

  /// The widths of weights that are priced, the widest first.
  List<Precision> widths() {
    return bySetting.values().stream()
        .map(runs -> runs.firstEntry().getValue())
        .filter(one -> one.trial().isPresent())
        .map(one -> one.setting().weights())
        .filter(width -> !width.real())
        .distinct()
        .toList();
  }

  /// Samples or bits, with weights of a width.
  Question question(Precision width, double tolerance) {
    List<Trial> trials = new ArrayList<>();
    double mostFrequent = 1;
    for (var runs : bySetting.values()) {
      SettingRun first = runs.firstEntry().getValue();
      if (first.setting().weights().equals(width)) {
        joined(first.setting()).ifPresent(trials::add);
        mostFrequent = first.mostFrequent();
      }
    }
    return new Question(trials, mostFrequent, tolerance);
  }

  /// The runs of a setting as one; empty if which images were right was not kept.
  private Optional<Trial> joined(Setting setting) {
    List<Trial> runs =
        Objects.requireNonNull(bySetting.get(setting)).values().stream()
            .flatMap(one -> one.trial().stream())
            .toList();
    return runs.isEmpty() ? Optional.empty() : Optional.of(Trial.joined(runs));
  }
}
