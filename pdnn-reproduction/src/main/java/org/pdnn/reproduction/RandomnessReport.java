package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.reproduction.SampledCurves.Sampled;
import org.pdnn.reproduction.SampledCurves.Value;
import org.pdnn.sweep.Findings;

/// How good the randomness must be, from what was found.
final class RandomnessReport extends ExperimentReport {
  private static final Axis SAMPLES = Axis.log2("Samples T", "").withTicks(1, 2, 4, 8, 16, 32, 64);

  private final List<Sampled> curves;

  /// @throws IllegalArgumentException if nothing was found
  RandomnessReport(Experiment experiment, Findings findings) {
    super(experiment, "", findings);
    this.curves =
        SampledCurves.classifiers(findings, "mlp").stream()
            .filter(curve ->
                curve.scheme().equals("independent")
                    && curve.lastHidden().equals("bits")
                    && curve.network().equals("frozen"))
            .toList();
    if (curves.stream().allMatch(curve -> curve.imperfection().equals("none"))) {
      throw new IllegalArgumentException("the findings hold nothing of " + name());
    }
  }

  private Optional<Sampled> of(String imperfection) {
    return curves.stream().filter(curve -> curve.imperfection().equals(imperfection)).findFirst();
  }

  /// What was found beside the kinds that are always compared.
  private Optional<Randomness.Kind> others() {
    Set<String> known = new HashSet<>(Set.of("none"));
    Randomness.KINDS.forEach(kind -> known.addAll(kind.notations()));
    List<String> others =
        curves.stream()
            .map(curve -> curve.imperfection())
            .filter(notation -> !known.contains(notation))
            .distinct()
            .toList();
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(new Randomness.Kind("others", "Other sources", others));
  }

  /// Without the hash of measured bits.
  private static String brief(String imperfection) {
    return imperfection.replaceFirst(" of SHA-256 .*", "");
  }

  private Optional<Value> accuracy(String imperfection, int samples) {
    return of(imperfection).flatMap(curve -> curve.accuracy(samples));
  }

  @Override
  public List<Ordering> orderings() {
    List<Ordering> orderings = new ArrayList<>();
    if (!seeds().makeAnInterval()) {
      return orderings;
    }
    compare(orderings, "bits:2", 64, "ar1:0.9", 64);
    compare(orderings, "none", 64, "ar1:0.9", 64);
    compare(orderings, "none", 64, "telegraph:0.9", 64);
    compare(orderings, "none", 64, "bias:0.1", 64);
    compare(orderings, "none", 1, "shared:64", 1);
    compare(orderings, "shared:64", 64, "ar1:0.9", 64);
    compare(orderings, "bits:1", 1, "none", 1);
    accuracy("ar1:1.0", 1)
        .ifPresent(one ->
            accuracy("ar1:1.0", 64)
                .ifPresent(many -> {
                  // The passes of a seed are equal, so the difference has no noise.
                  double within = 0.1 - Math.abs(one.value() - many.value());
                  orderings.add(
                      new Ordering(
                          "beyond the paper",
                          "ar1:1.0, T = 64 less than 0.1 points from T = 1: no gain at all",
                          within,
                          within,
                          within,
                          "points"));
                }));
    return orderings;
  }

  private void compare(
      List<Ordering> orderings, String one, int samples, String other, int otherSamples) {
    accuracy(one, samples)
        .ifPresent(above ->
            accuracy(other, otherSamples)
                .ifPresent(below ->
                    orderings.add(
                        above.above(
                            below,
                            "%s at T = %s above %s at T = %s"
                                .formatted(one, samples, other, otherSamples),
                            "points"))));
  }

  private NoiseSeeds seeds() {
    return curves.getFirst().seeds();
  }

  @Override
  List<String> notes() {
    return List.of(
        "Independent passes of bits in real numbers; %s test images. %s"
            .formatted(curves.getFirst().recipe().word("images"), seeds().words()));
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> items = new ArrayList<>();
    List<Randomness.Kind> kinds = new ArrayList<>(Randomness.KINDS);
    others().ifPresent(kinds::add);
    for (Randomness.Kind kind : kinds) {
      List<Series> series = new ArrayList<>();
      of("none").ifPresent(sound -> series.add(Series.line("sound", sound.accuracyPoints())));
      for (String notation : kind.notations()) {
        of(notation)
            .ifPresent(curve -> series.add(Series.line(brief(notation), curve.accuracyPoints())));
      }
      series.add(Series.reference("deterministic", curves.getFirst().deterministic()));
      items.add(
          new Figure(
              "randomness-" + kind.id(),
              kind.title(),
              "Accuracy of the frozen network with p-bits put in. The horizontal line is the"
                  + " deterministic network.",
              SAMPLES,
              Axis.linear("Accuracy", "%"),
              series));
    }
    items.add(table());
    return items;
  }

  private Table table() {
    List<Integer> samples = curves.getFirst().samples();
    List<Column> columns = new ArrayList<>(List.of(Column.named("Words", "")));
    samples.forEach(count -> columns.add(Column.named("T = " + count, "%, N_eq")));
    List<List<Cell>> rows = new ArrayList<>();
    for (Sampled curve : curves) {
      List<Cell> row = new ArrayList<>();
      row.add(Cell.text(brief(curve.imperfection())));
      for (int count : samples) {
        String accuracy = curve.accuracy(count).map(value -> value.words("%.2f")).orElse("–");
        String worth = curve.equivalentSamples(count).map(value -> value.words("%.1f")).orElse("–");
        row.add(Cell.text(accuracy + ", " + worth));
      }
      rows.add(row);
    }
    return new Table(
        "randomness-accuracies", "Accuracy and N_eq of each source", "", columns, rows);
  }
}
