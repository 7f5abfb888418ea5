package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.data.DataSet;
import org.pdnn.evaluation.Evaluation;
import org.pdnn.experiment.Budget;
import org.pdnn.experiment.Retrofit;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.RetrofitResult;
import org.pdnn.experiment.RetrofitResult.ComparedPoint;
import org.pdnn.network.LastHidden;
import org.pdnn.random.Scheme;
import org.pdnn.report.Series;
import org.pdnn.sampling.Averaging;
import org.pdnn.sampling.Outputs;
import org.pdnn.sweep.Cell;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// p-bits put in place of the neurons of a trained deterministic network, which is not trained
/// again: averaged at the end of the model and layer by layer, before the max pools and after them.
public final class FrozenSwap extends Experiment {
  private static final String PLACE = "section 2";

  public FrozenSwap() {
    super("swap", "", "p-bits in a frozen deterministic network", "cifar10");
  }

  @Override
  public List<Cell<?>> cells(Budget budget, DataSet data, long seed) {
    ClassifierPlan networks = ClassifierPlan.of(budget, data, seed);
    List<Cell<?>> cells = new ArrayList<>();
    for (Averaging averaging : Averaging.values()) {
      for (boolean after : new boolean[] {false, true}) {
        cells.add(curve(networks, averaging, after, Scheme.INDEPENDENT, LastHidden.BITS));
      }
    }
    cells.add(curve(networks, Averaging.END, true, Scheme.SCRAMBLED, LastHidden.BITS));
    cells.add(curve(networks, Averaging.END, true, Scheme.SCRAMBLED, LastHidden.EXPECTATION));
    return cells;
  }

  private static RetrofitCurve curve(
      ClassifierPlan networks, Averaging averaging, boolean after, Scheme scheme, LastHidden last) {
    int seeds =
        switch (networks.budget()) {
          case TINY, QUICK, STANDARD -> 2;
          case PAPER -> 10;
        };
    List<Integer> samples =
        networks.budget() == Budget.TINY ? List.of(1, 2, 4) : List.of(1, 2, 3, 5, 10, 32);
    return new RetrofitCurve(
        networks.twin(),
        Retrofit.neurons(ClassifierPlan.PBIT, after),
        Retrofit.NONE,
        networks.test(),
        new Evaluation(samples, scheme, averaging, last, Outputs.LOGITS, networks.seed(), seeds));
  }

  @Override
  void draw(Findings findings, Reproduction page) {
    List<Found<RetrofitResult>> curves =
        found(
            findings.of(RetrofitCurve.KIND).stream()
                .filter(one -> retrofit(one).has("neuron"))
                .filter(one -> retrofit(one).text("neuron").startsWith("pbit"))
                .toList());
    page.remark(
        "The network was trained with sigmoid neurons of 32 bits and is not trained again; batch"
            + " norms keep their statistics.",
        "Deterministic neurons may move past a max pool without a change; p-bits may not: an OR of"
            + " bits is 1 more often than the largest of their means.",
        "Averaged layer by layer, the means of T bits approach the deterministic network as T"
            + " grows. Averaged at the end, each pass keeps the noise of all its layers, which a"
            + " network that was not trained with it cannot bear.");
    for (Averaging averaging : Averaging.values()) {
      Optional<Found<RetrofitResult>> after = find(curves, averaging, true);
      find(curves, averaging, false)
          .ifPresent(before -> after.ifPresent(one -> page.order(biased(averaging, one, before))));
      after.ifPresent(one ->
          page.order(
              Ordering.paired(
                  PLACE,
                  "frozen, after the pools, averaged %s: T = %s above T = 1"
                      .formatted(words(averaging), last(one).point().samples()),
                  one.result().rise())));
    }
    List<Series> series = new ArrayList<>();
    curves.forEach(one -> series.add(line(one)));
    series.add(Series.reference("deterministic", 100 * curves.getFirst().result().plain()));
    page.add(
        Charts.againstSamples(
            "swap-accuracy",
            "p-bits in a frozen network",
            "One colour per place of the p-bits and of the average. Solid: independent passes."
                + " Dashed: scrambled ones. Dotted: scrambled, with expectation in the last hidden"
                + " layer. "
                + new Run(curves.getFirst().recipe()).seeds().words(),
            Charts.ACCURACY,
            series));
  }

  private static Fields retrofit(Found<RetrofitResult> one) {
    return one.recipe().object("retrofit");
  }

  private static Optional<Found<RetrofitResult>> find(
      List<Found<RetrofitResult>> curves, Averaging averaging, boolean after) {
    return curves.stream()
        .filter(one -> one.recipe().text("averaging").equals(averaging.toString()))
        .filter(one -> retrofit(one).truth("behindPools") == after)
        .filter(one -> new Run(one.recipe()).scheme().equals("independent"))
        .findFirst();
  }

  /// p-bits before a pool are biased: the greatest of four bits has a mean above the greatest of
  /// the four means. The two losses against the deterministic network are taken for independent,
  /// which makes the interval wide.
  private static Ordering biased(
      Averaging averaging, Found<RetrofitResult> after, Found<RetrofitResult> before) {
    return Ordering.above(
        PLACE,
        "p-bits after the pools above p-bits before them, averaged " + words(averaging),
        last(after).paired().overInputs(),
        last(before).paired().overInputs(),
        100,
        Ordering.POINTS);
  }

  /// At the greatest T.
  private static ComparedPoint last(Found<RetrofitResult> one) {
    return one.result().curve().getLast();
  }

  private static String words(Averaging averaging) {
    return averaging == Averaging.END ? "at the end" : "layer by layer";
  }

  private static Series line(Found<RetrofitResult> one) {
    Run run = new Run(one.recipe());
    String place =
        "%s the pools, averaged %s"
            .formatted(
                retrofit(one).truth("behindPools") ? "after" : "before",
                words(run.byLayer() ? Averaging.LAYER : Averaging.END));
    Curve curve = Curve.accuracies(run.seeds(), one.result().points());
    if (!run.scrambled()) {
      return curve.line(place);
    }
    return curve
        .line(place + (run.expectation() ? ", scrambled, expectation" : ", scrambled"))
        .of(place)
        .in(run.expectation() ? Series.Stroke.DOTTED : Series.Stroke.DASHED);
  }
}
