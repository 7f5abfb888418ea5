package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pdnn.evaluation.Estimate;
import org.pdnn.experiment.RetrofitCurve;
import org.pdnn.experiment.RetrofitResult;
import org.pdnn.experiment.RetrofitResult.ComparedPoint;
import org.pdnn.report.Axis;
import org.pdnn.report.Exhibit;
import org.pdnn.report.Figure;
import org.pdnn.report.Series;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// p-bits in a frozen network, from what was found.
final class FrozenSwapReport extends ExperimentReport {
  private final List<Found<RetrofitResult>> curves;

  /// @throws IllegalArgumentException if nothing was found
  FrozenSwapReport(Experiment experiment, Findings findings) {
    super(experiment, "", findings);
    this.curves =
        findings.of(RetrofitCurve.KIND).stream()
            .filter(found -> retrofit(found).has("neuron"))
            .filter(found -> retrofit(found).text("neuron").startsWith("pbit"))
            .toList();
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("nothing of the frozen swap was found");
    }
  }

  private static Fields retrofit(Found<RetrofitResult> found) {
    return found.recipe().object("retrofit");
  }

  /// p-bits before a pool are biased: the greatest of four bits has a mean above the greatest of
  /// the four means.
  @Override
  public List<Ordering> orderings() {
    List<Ordering> orderings = new ArrayList<>();
    for (String averaging : List.of("end", "layer")) {
      Optional<Found<RetrofitResult>> before = find(averaging, false);
      Optional<Found<RetrofitResult>> behind = find(averaging, true);
      if (before.isPresent() && behind.isPresent()) {
        orderings.add(
            difference(
                "p-bits after the pools above p-bits before them, averaged "
                    + (averaging.equals("end") ? "at the end" : "by layers"),
                behind.get(),
                before.get()));
      }
      behind.ifPresent(entry ->
          orderings.add(
              Points.ordering(
                  "section 2",
                  "frozen, after the pools, averaged %s: T = %s above T = 1"
                      .formatted(
                          averaging.equals("end") ? "at the end" : "by layers",
                          last(entry).point().samples()),
                  entry.result().rise())));
    }
    return orderings;
  }

  private Optional<Found<RetrofitResult>> find(String averaging, boolean behind) {
    return curves.stream()
        .filter(entry -> entry.recipe().text("averaging").equals(averaging))
        .filter(entry -> retrofit(entry).truth("behindPools") == behind)
        .filter(entry -> entry.recipe().text("scheme").equals("independent"))
        .findFirst();
  }

  /// At the greatest T; the two losses against the deterministic network are taken for independent,
  /// which makes the interval wide.
  private static Ordering difference(
      String statement, Found<RetrofitResult> one, Found<RetrofitResult> other) {
    Estimate a = last(one).paired().overInputs();
    Estimate b = last(other).paired().overInputs();
    double difference = Points.percent(a.value()) - Points.percent(b.value());
    double half = Math.hypot(half(a), half(b));
    return new Ordering(
        "section 2", statement, difference, difference - half, difference + half, "points");
  }

  private static double half(Estimate estimate) {
    return (Points.percent(estimate.high()) - Points.percent(estimate.low())) / 2;
  }

  private static ComparedPoint last(Found<RetrofitResult> found) {
    return found.result().curve().getLast();
  }

  @Override
  List<String> notes() {
    return List.of(
        "The network was trained with sigmoid neurons of 32 bits and is not trained again; batch"
            + " norms keep their statistics.",
        "Deterministic neurons may move past a max pool without a change; p-bits may not: an OR of"
            + " bits is 1 more often than the largest of their means.",
        "Averaged layer by layer, the means of T bits approach the deterministic network as T"
            + " grows. Averaged at the end, each pass keeps the noise of all its layers, which a"
            + " network that was not trained with it cannot bear.");
  }

  @Override
  public List<Exhibit> items() {
    List<Series> series = new ArrayList<>();
    curves.forEach(entry -> series.add(line(entry)));
    series.add(
        Series.reference("deterministic", Points.percent(curves.getFirst().result().plain())));
    return List.of(
        new Figure(
            "swap-accuracy",
            "p-bits in a frozen network",
            "One colour per place of the p-bits and of the average. Solid: independent passes."
                + " Dashed: scrambled ones. Dotted: scrambled, with expectation in the last hidden"
                + " layer. "
                + Points.seeds(curves.getFirst().recipe()).words(),
            Axis.log2("Samples T", "").withTicks(1, 2, 4, 8, 16, 32),
            Axis.linear("Accuracy", "%"),
            series));
  }

  private static Series line(Found<RetrofitResult> entry) {
    Fields recipe = entry.recipe();
    String place =
        "%s the pools, averaged %s"
            .formatted(
                retrofit(entry).truth("behindPools") ? "after" : "before",
                recipe.text("averaging").equals("end") ? "at the end" : "by layers");
    if (recipe.text("scheme").equals("independent")) {
      return Points.accuracy(place, recipe, entry.result());
    }
    boolean bits = recipe.text("last").equals("bits");
    return Points.accuracy(
            place + (bits ? ", scrambled" : ", scrambled, expectation"), recipe, entry.result())
        .of(place)
        .in(bits ? Series.Stroke.DASHED : Series.Stroke.DOTTED);
  }
}
