package org.pdnn.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Entry;
import org.pdnn.sweep.Findings;

/// Figure 4c from what was found.
final class Figure4cReport extends ExperimentReport {
  private static final String PLACE = "fig. 4c";
  private static final int CLAIMED_SAMPLES = 32;
  private static final double PRINTED_QUIET = 85.59;
  private static final List<Integer> PRINTED_SAMPLES = List.of(1, 2, 3, 5, 10, 32);
  private static final List<Double> PRINTED = List.of(85.61, 85.70, 85.72, 85.74, 85.78, 85.79);

  private final List<Entry> curves;
  private final List<Entry> choices;

  /// @throws IllegalArgumentException if nothing was found
  Figure4cReport(Experiment experiment, Findings findings) {
    super(experiment, "figure 4c", findings);
    this.curves = findings.ofKind("noise");
    this.choices = findings.ofKind("amplitude");
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("nothing of figure 4c was found");
    }
  }

  /// What noise gains at the greatest T; the accuracies themselves are those of another training.
  @Override
  public List<Claim> claims() {
    if (!besideThePaper()) {
      return List.of();
    }
    Entry first = curves.getFirst();
    OptionalDouble gain =
        Points.all(first.result()).stream()
            .filter(point -> point.path("samples").asInt() == CLAIMED_SAMPLES)
            .mapToDouble(point -> Points.percent(point.path("paired"), "difference"))
            .findFirst();
    return List.of(
        new Claim(
            PLACE,
            "gain of noise at T = 32 over none, points",
            "points",
            new BigDecimal("0.20"),
            gain,
            0,
            String.format(
                Locale.ROOT,
                "The gain depends on how much the four bits took away: %.2f %% remain without noise"
                    + " here, %.2f %% in the paper.",
                Points.percent(first.result(), "plain"),
                PRINTED_QUIET)));
  }

  @Override
  public List<Ordering> orderings() {
    List<Ordering> orderings = new ArrayList<>();
    for (Entry curve : curves) {
      for (JsonNode point : Points.all(curve.result())) {
        orderings.add(
            Points.ordering(
                PLACE,
                "%s: noise at T = %s above none"
                    .formatted(weights(curve), point.path("samples").asInt()),
                point.path("paired")));
      }
      orderings.add(
          Points.ordering(
              PLACE,
              "%s: noise at T = %s above noise at T = 1"
                  .formatted(weights(curve), Points.last(curve.result()).path("samples").asInt()),
              curve.result().path("rise")));
    }
    return orderings;
  }

  @Override
  List<String> notes() {
    return List.of(
        "Weights have four bits in groups of 64; where the edges are said to have eight, the first"
            + " and the last layer keep eight bits with a scale an output.",
        "The noise is added after the max pools: before them the greatest of four noisy values is"
            + " biased upwards.",
        "The amplitude was chosen on images held out of the training set, at the greatest T tried"
            + " there.",
        "Differences are paired: the same images with and without noise. Intervals are for other"
            + " images and other noise; the odds are those of an exact sign-flip test.");
  }

  @Override
  public List<Exhibit> items() {
    List<Exhibit> items = new ArrayList<>();
    List<Series> series = new ArrayList<>();
    for (Entry curve : curves) {
      String weights = weights(curve);
      series.add(
          Points.accuracy(weights + ", noise " + curve.result().path("amplitude").asDouble(), curve)
              .of(weights));
      series.add(
          Series.reference(weights + ", no noise", Points.percent(curve.result(), "plain"))
              .of(weights));
    }
    if (besideThePaper()) {
      series.addAll(paper());
    }
    items.add(
        new Figure(
            "fig4c-accuracy",
            "Noise on a network of four-bit weights"
                + (besideThePaper() ? " (the paper's fig. 4c)" : ""),
            "One colour per network; the horizontal lines are without noise.%s %s"
                .formatted(
                    besideThePaper() ? " Dashed: the paper's." : "",
                    Points.seeds(curves.getFirst()).words()),
            Axis.log2("Samples T", "").withTicks(1, 2, 4, 8, 16, 32),
            Axis.linear("Accuracy", "%"),
            series));
    items.add(gains());
    amplitudes().ifPresent(items::add);
    return items;
  }

  private static List<Series> paper() {
    List<Point> printed = new ArrayList<>();
    for (int i = 0; i < PRINTED.size(); i++) {
      printed.add(Point.of(PRINTED_SAMPLES.get(i), PRINTED.get(i)));
    }
    return List.of(
        Series.line("paper, noise", printed).of("paper").in(Series.Stroke.DASHED),
        Series.reference("paper, no noise", PRINTED_QUIET).of("paper").in(Series.Stroke.DASHED));
  }

  private Table gains() {
    List<List<Cell>> rows = new ArrayList<>();
    for (Entry curve : curves) {
      for (JsonNode point : Points.all(curve.result())) {
        JsonNode paired = point.path("paired");
        rows.add(
            List.of(
                Cell.text(weights(curve)),
                Cell.number(point.path("samples").asInt(), "%.0f"),
                Cell.number(Points.percent(point, "accuracy"), "%.2f"),
                Cell.number(Points.percent(paired, "difference"), "%+.2f"),
                Cell.number(Points.percent(paired, "low"), "%+.2f"),
                Cell.number(Points.percent(paired, "high"), "%+.2f"),
                Cell.number(paired.path("odds").asDouble(), "%.1e"),
                Cell.number(paired.path("better").asInt(), "%.0f"),
                Cell.number(paired.path("worse").asInt(), "%.0f")));
      }
    }
    return new Table(
        "fig4c-gains",
        "What noise gains, paired",
        "Better and worse count images that noise answers rightly more or less often than no"
            + " noise.",
        List.of(
            new Table.Column("weights", ""),
            new Table.Column("T", ""),
            new Table.Column("accuracy", "%"),
            new Table.Column("gain", "points"),
            new Table.Column("from", "points"),
            new Table.Column("to", "points"),
            new Table.Column("odds", ""),
            new Table.Column("better", "images"),
            new Table.Column("worse", "images")),
        rows);
  }

  private Optional<Figure> amplitudes() {
    List<Series> series = new ArrayList<>();
    for (Entry choice : choices) {
      List<Point> points = new ArrayList<>();
      for (JsonNode tried : choice.result().path("tried")) {
        points.add(Point.of(tried.path("amplitude").asDouble(), Points.percent(tried, "accuracy")));
      }
      String weights = weights(choice.recipe().path("tried").path(0).path("plain"));
      series.add(Series.line(weights, points));
      series.add(
          Series.reference(weights + ", no noise", Points.percent(choice.result(), "quiet"))
              .of(weights));
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "fig4c-amplitude",
                "Which amplitude, on validation images",
                "At T = %s; the horizontal lines are without noise."
                    .formatted(choices.getFirst().result().path("samples").asInt()),
                Axis.linear("Amplitude", ""),
                Axis.linear("Accuracy", "%"),
                series));
  }

  private static String weights(Entry curve) {
    return weights(curve.recipe().path("quiet"));
  }

  private static String weights(JsonNode quiet) {
    return quiet.path("edges").asBoolean() ? "4 bits" : "4 bits, edges 8";
  }
}
