package org.pdnn.reproduction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.experiment.NoisyCurve;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.RetrofitResult;
import org.pdnn.experiment.RetrofitResult.ComparedPoint;
import org.pdnn.network.Neuron;
import org.pdnn.report.Axis;
import org.pdnn.report.Cell;
import org.pdnn.report.Column;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Figure 4c from what was found.
final class Figure4cReport extends ExperimentReport {
  private static final String PLACE = "fig. 4c";
  private static final int CLAIMED_SAMPLES = 32;
  private static final double PRINTED_QUIET = 85.59;
  private static final List<Integer> PRINTED_SAMPLES = List.of(1, 2, 3, 5, 10, 32);
  private static final List<Double> PRINTED = List.of(85.61, 85.70, 85.72, 85.74, 85.78, 85.79);

  private final Findings findings;
  private final List<Found<NoisyCurve.Result>> curves;

  /// @throws IllegalArgumentException if nothing was found
  Figure4cReport(Experiment experiment, Findings findings) {
    super(experiment, "figure 4c", findings);
    this.findings = findings;
    this.curves = findings.of(NoisyCurve.KIND);
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
    RetrofitResult first = curves.getFirst().result().measured();
    OptionalDouble gain =
        first.curve().stream()
            .filter(point -> point.point().samples() == CLAIMED_SAMPLES)
            .mapToDouble(point -> Points.percent(point.paired().overInputs().value()))
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
                Points.percent(first.plain()),
                PRINTED_QUIET)));
  }

  @Override
  public List<Ordering> orderings() {
    List<Ordering> orderings = new ArrayList<>();
    for (Found<NoisyCurve.Result> curve : curves) {
      String weights = weights(curve);
      RetrofitResult measured = curve.result().measured();
      for (ComparedPoint point : measured.curve()) {
        orderings.add(
            Points.ordering(
                PLACE,
                "%s: noise at T = %s above none".formatted(weights, point.point().samples()),
                point.paired()));
      }
      orderings.add(
          Points.ordering(
              PLACE,
              "%s: noise at T = %s above noise at T = 1"
                  .formatted(weights, measured.curve().getLast().point().samples()),
              measured.rise()));
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
    for (Found<NoisyCurve.Result> curve : curves) {
      String weights = weights(curve);
      RetrofitResult measured = curve.result().measured();
      series.add(
          Points.accuracy(
                  weights + ", noise " + curve.result().amplitude(), curve.recipe(), measured)
              .of(weights));
      series.add(quiet(weights, measured.plain()));
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
                    Points.seeds(curves.getFirst().recipe()).words()),
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
    for (Found<NoisyCurve.Result> curve : curves) {
      for (ComparedPoint point : curve.result().measured().curve()) {
        PairedDifference paired = point.paired();
        Estimate gain = paired.overInputs();
        rows.add(
            List.of(
                Cell.text(weights(curve)),
                Cell.number(point.point().samples(), "%.0f"),
                Cell.number(Points.percent(point.point().accuracy().value()), "%.2f"),
                Cell.number(Points.percent(gain.value()), "%+.2f"),
                Cell.number(Points.percent(gain.low()), "%+.2f"),
                Cell.number(Points.percent(gain.high()), "%+.2f"),
                Cell.number(paired.odds(), "%.1e"),
                Cell.number(paired.better(), "%.0f"),
                Cell.number(paired.worse(), "%.0f")));
      }
    }
    return new Table(
        "fig4c-gains",
        "What noise gains, paired",
        "Better and worse count images that noise answers rightly more or less often than no"
            + " noise.",
        List.of(
            Column.named("weights", ""),
            Column.named("T", ""),
            Column.named("accuracy", "%"),
            Column.named("gain", "points"),
            Column.named("from", "points"),
            Column.named("to", "points"),
            Column.named("odds", ""),
            Column.named("better", "images"),
            Column.named("worse", "images")),
        rows);
  }

  private static Series quiet(String weights, double plain) {
    return Series.reference(weights + ", no noise", Points.percent(plain)).of(weights);
  }

  /// What was tried on validation images.
  private Optional<Figure> amplitudes() {
    List<Series> series = new ArrayList<>();
    int samples = 0;
    for (Found<NoisyCurve.Result> curve : curves) {
      List<Point> points = new ArrayList<>();
      double plain = 0;
      for (Fields tried : curve.recipe().object("choice").objects("tried")) {
        Optional<RetrofitResult> found = findings.result(RetrofitCurve.KIND, tried);
        if (found.isPresent()
            && Neuron.parse(tried.object("retrofit").text("neuron"))
                instanceof Neuron.Noisy(var _, double amplitude)) {
          CurvePoint last = found.get().curve().getLast().point();
          points.add(Point.of(amplitude, Points.percent(last.accuracy().value())));
          samples = last.samples();
          plain = found.get().plain();
        }
      }
      if (!points.isEmpty()) {
        series.add(Series.line(weights(curve), points));
        series.add(quiet(weights(curve), plain));
      }
    }
    return series.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "fig4c-amplitude",
                "Which amplitude, on validation images",
                "At T = %s; the horizontal lines are without noise.".formatted(samples),
                Axis.linear("Amplitude", ""),
                Axis.linear("Accuracy", "%"),
                series));
  }

  private static String weights(Found<NoisyCurve.Result> curve) {
    return curve.recipe().object("quiet").truth("edges") ? "4 bits" : "4 bits, edges 8";
  }
}
