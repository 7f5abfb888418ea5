package org.pdnn.reproduction;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.evaluation.PairedDifference;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.ChosenAmplitude;
import org.pdnn.experiment.NoisyCurve;
import org.pdnn.experiment.Retrofit;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.RetrofitResult;
import org.pdnn.experiment.RetrofitResult.ComparedPoint;
import org.pdnn.integer.WeightFormat;
import org.pdnn.network.Activation;
import org.pdnn.network.Neuron;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Figure 4c: sampling without retraining. Weights of four bits in groups of 64, noise on the
/// activations of a trained network, T noisy outputs averaged.
///
/// The paper says neither how large the noise is nor where it lies beside the max pools. The
/// amplitude is chosen on images held out of the training set; the noise lies after the pools,
/// since the greatest of four noisy values is larger than the greatest value.
public final class Figure4c extends Experiment {
  private static final WeightFormat FOUR_BITS = WeightFormat.parse("4g");
  private static final List<Double> AMPLITUDES = List.of(0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5);

  private static final String PLACE = "fig. 4c";
  private static final int CLAIMED_SAMPLES = 32;

  public Figure4c() {
    super("fig4c", "figure 4c", "Sampling without retraining", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    ClassifierPlan networks = ClassifierPlan.of(budget, data, seed);
    List<Cell<?>> cells = new ArrayList<>();
    for (boolean edges : new boolean[] {false, true}) {
      cells.add(curve(networks, edges));
    }
    return cells;
  }

  private static NoisyCurve curve(ClassifierPlan networks, boolean edges) {
    HeldOut held = HeldOut.of(networks.test());
    boolean tiny = networks.budget() == Budget.TINY;
    ChosenAmplitude choice =
        new ChosenAmplitude(
            networks.twin(),
            Retrofit.weights(FOUR_BITS, edges),
            Activation.SIGMOID,
            tiny ? List.of(0.1, 0.3) : AMPLITUDES,
            held.validation(),
            Evaluation.independent(tiny ? List.of(1, 2) : List.of(1, 10), networks.seed() + 1, 1));
    int seeds =
        switch (networks.budget()) {
          case TINY, QUICK -> 2;
          case STANDARD -> 5;
          case PAPER -> 20;
        };
    List<Integer> samples = tiny ? List.of(1, 2, 4) : List.of(1, 2, 3, 5, 10, 32);
    return new NoisyCurve(
        choice, held.test(), Evaluation.independent(samples, networks.seed(), seeds));
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    List<Found<NoisyCurve.Result>> curves = found(findings.of(NoisyCurve.KIND));
    page.remark(
        "Weights have four bits in groups of 64; where the edges are said to have eight, the first"
            + " and the last layer keep eight bits with a scale an output.",
        "The noise is added after the max pools: before them the greatest of four noisy values is"
            + " biased upwards.",
        "The amplitude was chosen on images held out of the training set, at the greatest T tried"
            + " there.",
        "Differences are paired: the same images with and without noise. Intervals are for other"
            + " images and other noise; p-values are those of an exact sign-flip test.");
    if (page.besideThePaper()) {
      page.claim(List.of(gain(curves.getFirst().result().measured())));
    }
    for (Found<NoisyCurve.Result> curve : curves) {
      RetrofitResult measured = curve.result().measured();
      for (ComparedPoint point : measured.curve()) {
        page.order(
            Ordering.paired(
                PLACE,
                "%s: noise at T = %s above none".formatted(weights(curve), point.point().samples()),
                point.paired()));
      }
      page.order(
          Ordering.paired(
              PLACE,
              "%s: noise at T = %s above noise at T = 1"
                  .formatted(weights(curve), measured.curve().getLast().point().samples()),
              measured.rise()));
    }
    page.add(accuracies(curves, page));
    page.add(gains(curves));
    amplitudes(findings, curves).ifPresent(page::add);
  }

  /// What noise gains at the greatest T; the accuracies themselves are those of another training.
  private static Claim gain(RetrofitResult first) {
    return new Claim(
        PLACE,
        "gain of noise at T = 32 over none, points",
        Ordering.POINTS,
        new BigDecimal("0.20"),
        first.curve().stream()
            .filter(point -> point.point().samples() == CLAIMED_SAMPLES)
            .mapToDouble(point -> 100 * point.paired().overInputs().value())
            .findFirst(),
        0,
        String.format(
            Locale.ROOT,
            "The gain depends on how much the four bits took away: %.2f %% remain without noise"
                + " here, %.2f %% in the paper.",
            100 * first.plain(),
            Printed.NOISE.references().getFirst().y()));
  }

  private static Figure accuracies(List<Found<NoisyCurve.Result>> curves, Reproduction page) {
    List<Series> series = new ArrayList<>();
    for (Found<NoisyCurve.Result> curve : curves) {
      RetrofitResult measured = curve.result().measured();
      series.add(
          Curve.accuracies(new Run(curve.recipe()).seeds(), measured.points())
              .line(weights(curve) + ", noise " + curve.result().amplitude())
              .of(weights(curve)));
      series.add(quiet(curve, measured));
    }
    if (page.besideThePaper()) {
      series.addAll(Printed.NOISE.series());
    }
    return Charts.againstSamples(
        "fig4c-accuracy",
        "Noise on a network of four-bit weights" + page.ifBesideThePaper(" (the paper's fig. 4c)"),
        "One colour per network; the horizontal lines are without noise.%s %s"
            .formatted(
                page.ifBesideThePaper(" Dashed: the paper's."),
                new Run(curves.getFirst().recipe()).seeds().words()),
        Charts.ACCURACY,
        series);
  }

  private static Series quiet(Found<NoisyCurve.Result> curve, RetrofitResult measured) {
    return Series.reference(weights(curve) + ", no noise", 100 * measured.plain())
        .of(weights(curve));
  }

  /// A point of a curve.
  private record Gain(String weights, ComparedPoint point) {
    PairedDifference paired() {
      return point.paired();
    }
  }

  private static Table gains(List<Found<NoisyCurve.Result>> curves) {
    return new Rows<>(
            curves.stream()
                .flatMap(curve ->
                    curve.result().measured().curve().stream()
                        .map(point -> new Gain(weights(curve), point)))
                .toList())
        .add("weights", "weights", Gain::weights)
        .add("samples", "T", gain -> gain.point().point().samples())
        .add(Column.percent("accuracy", "accuracy"), gain -> gain.point().point().accuracy())
        .add(
            Column.percent("gain", "gain").in(Ordering.POINTS).as("%+.2f ± %.2f"),
            gain -> gain.paired().overInputs())
        .add(Column.of("pValue", "p-value").as("%.1e"), gain -> gain.paired().pValue())
        .add(Column.of("betterImages", "better").in("images"), gain -> gain.paired().better())
        .add(Column.of("worseImages", "worse").in("images"), gain -> gain.paired().worse())
        .table(
            "fig4c-gains",
            "What noise gains, paired",
            "Better and worse count images that noise answers rightly more or less often than no"
                + " noise.");
  }

  /// What was tried on validation images.
  private static Optional<Figure> amplitudes(
      Findings findings, List<Found<NoisyCurve.Result>> curves) {
    List<Series> series = new ArrayList<>();
    int samples = 0;
    for (Found<NoisyCurve.Result> curve : curves) {
      List<Point> points = new ArrayList<>();
      Optional<RetrofitResult> any = Optional.empty();
      for (Fields tried : curve.recipe().object("choice").objects("tried")) {
        Optional<RetrofitResult> found = findings.result(RetrofitCurve.KIND, tried);
        if (found.isPresent()
            && Neuron.parse(tried.object("retrofit").text("neuron"))
                instanceof Neuron.Noisy(var _, double amplitude)) {
          CurvePoint last = found.get().points().getLast();
          points.add(Point.of(amplitude, 100 * last.accuracy().value()));
          samples = last.samples();
          any = found;
        }
      }
      if (any.isPresent()) {
        series.add(Series.line(weights(curve), points));
        series.add(quiet(curve, any.get()));
      }
    }
    if (series.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Figure(
            "fig4c-amplitude",
            "Which amplitude, on validation images",
            "At T = %s; the horizontal lines are without noise.".formatted(samples),
            Axis.linear("Amplitude", ""),
            Charts.ACCURACY,
            series));
  }

  private static String weights(Found<NoisyCurve.Result> curve) {
    return curve.recipe().object("quiet").truth("edges") ? "4 bits" : "4 bits, edges 8";
  }
}
