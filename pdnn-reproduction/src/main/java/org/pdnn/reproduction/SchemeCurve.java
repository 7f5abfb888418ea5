package org.pdnn.reproduction;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.pdnn.evaluation.Estimate;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Point;
import org.pdnn.report.Rows;
import org.pdnn.report.Series;
import org.pdnn.report.Table;

/// N_eq of one network by one scheme against T.
record SchemeCurve(Run run, Curve worth) {
  /// How many independent passes are asked for.
  private static final int ASKED = 10;

  /// At which T the schemes are compared.
  private static final int COMPARED = 8;

  /// Draws what samples are worth by scheme.
  ///
  /// @param curves at least one
  /// @param target N_eq that scrambled passes with expectation are to reach at T = 8
  static void draw(List<SchemeCurve> curves, double target, Reproduction page) {
    Run any = curves.getFirst().run();
    page.remark(
        "%s images, %s noise seeds; sampler: %s. Intervals of N_eq are jackknife intervals over images."
            .formatted(
                any.recipe().integer("images"), any.seeds().count(), any.recipe().text("sampler")));
    curves.forEach(curve -> curve.ordering(target).ifPresent(page::order));
    for (String network : curves.stream().map(curve -> curve.run().network()).distinct().toList()) {
      List<Series> series = new ArrayList<>();
      curves.stream()
          .filter(curve -> curve.run().network().equals(network))
          .filter(curve -> !curve.worth().values().isEmpty())
          .forEach(curve -> series.add(curve.line()));
      if (!series.isEmpty()) {
        page.add(
            Charts.againstSamples(
                page.name() + "-" + network.replaceAll("[^a-z0-9]+", "-"),
                "What T passes are worth, " + network,
                "How many independent passes of bits T passes are worth, one colour per scheme."
                    + " Solid: bits in the last hidden layer. Dashed: its expectation. Bands are"
                    + " 95 % intervals over images.",
                Axis.log2("Independent passes N_eq", ""),
                series));
      }
    }
    page.add(table(curves, page.name()));
  }

  private Optional<Ordering> ordering(double target) {
    double least = run.expectation() ? target : COMPARED;
    return worth
        .at(COMPARED)
        .filter(_ -> run.scrambled())
        .map(found ->
            Ordering.above(
                Ordering.BEYOND,
                String.format(
                    Locale.ROOT,
                    "%s, scrambled, %s: %d passes worth more than %.0f",
                    run.network(),
                    run.lastHidden(),
                    COMPARED,
                    least),
                found,
                Estimate.exact(least),
                1,
                "independent passes"));
  }

  private Series line() {
    return run.expectation()
        ? worth.line(run.scheme() + ", expectation").of(run.scheme()).in(Series.Stroke.DASHED)
        : worth.line(run.scheme());
  }

  /// How many samples equal ten independent ones.
  private static Table table(List<SchemeCurve> curves, String name) {
    Rows<SchemeCurve> rows =
        new Rows<>(curves)
            .add("network", "Network", curve -> curve.run().network())
            .add("scheme", "Scheme", curve -> curve.run().scheme())
            .add("last", "Last hidden layer", curve -> curve.run().lastHidden());
    for (int samples : curves.getFirst().run().samples()) {
      rows.add(
          Column.of("equivalentSamplesAt" + samples, "N_eq, T = " + samples).as("%.1f ± %.1f"),
          curve -> curve.worth().at(samples));
    }
    return rows.add(
            Column.of("samplesWorth" + ASKED, "T worth " + ASKED).as("%.1f"),
            curve -> curve.samplesWorth(ASKED))
        .table(
            name + "-ten",
            "How many samples equal %s independent ones".formatted(ASKED),
            "Between the measured T by a straight line through logarithms; 1 where a single pass"
                + " is worth as much, - where no T is.");
  }

  /// T whose passes are worth so many, by a straight line between logarithms; the first T if its
  /// passes are worth more, nothing if no T was enough.
  private Optional<Double> samplesWorth(double equivalent) {
    List<Point> points = worth.points();
    if (!points.isEmpty() && points.getFirst().y() >= equivalent) {
      return Optional.of(points.getFirst().x());
    }
    for (int i = 1; i < points.size(); i++) {
      Point low = points.get(i - 1);
      Point high = points.get(i);
      if (low.y() <= equivalent && equivalent <= high.y()) {
        double share = Math.log(equivalent / low.y()) / Math.log(high.y() / low.y());
        return Optional.of(low.x() * Math.pow(high.x() / low.x(), share));
      }
    }
    return Optional.empty();
  }
}
