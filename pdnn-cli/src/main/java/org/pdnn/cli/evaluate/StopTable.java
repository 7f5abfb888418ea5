package org.pdnn.cli.evaluate;

import java.util.Optional;
import java.util.stream.Stream;
import org.pdnn.evaluation.EarlyStop;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.StopPoint;
import org.pdnn.report.Column;
import org.pdnn.report.Rows;
import org.pdnn.report.Table;
import org.pdnn.sampling.MarginStop;
import org.pdnn.sampling.SettledTest;
import org.pdnn.sampling.StopRule;

/// What each rule saves and costs, a row each, and a row for images that never stop.
final class StopTable {
  /// @param rule nothing for images that never stop
  private record Row(
      Optional<StopRule> rule,
      Estimate meanSamples,
      Estimate accuracy,
      Estimate changed,
      double worst) {
    static Row of(StopPoint point) {
      return new Row(
          Optional.of(point.rule()),
          point.meanSamples(),
          point.accuracy(),
          point.changed(),
          point.worst());
    }

    Optional<Double> confidence() {
      return rule.filter(SettledTest.class::isInstance)
          .map(SettledTest.class::cast)
          .map(SettledTest::confidence);
    }

    Optional<MarginStop> margin() {
      return rule.filter(MarginStop.class::isInstance).map(MarginStop.class::cast);
    }

    String name() {
      return confidence().map(String::valueOf).orElse(rule.isPresent() ? "-" : "none");
    }
  }

  private StopTable() {}

  /// @param margins whether there are rules with margins
  /// @param worst whether to tell how often the worst image changes
  static Table of(EarlyStop stop, boolean margins, boolean worst) {
    Row never =
        new Row(
            Optional.empty(),
            Estimate.exact(stop.samples()),
            stop.accuracy(),
            Estimate.exact(0),
            0);
    Rows<Row> rows =
        new Rows<>(Stream.concat(stop.points().stream().map(Row::of), Stream.of(never)).toList())
            .add(Column.shown("confidence"), Row::name)
            .add(Column.kept("confidence"), Row::confidence);
    if (margins) {
      rows.add(
              Column.percent("changedAtMost", "changed at most").as("%.3f"),
              row -> row.margin().map(MarginStop::changed))
          .add(
              Column.of("margin", "margin").as("%.3f"),
              row -> row.margin().map(MarginStop::margin));
    }
    rows.add(Column.of("meanSamples", "mean T").as("%.2f"), Row::meanSamples)
        .add(Column.percent("accuracy", "accuracy"), Row::accuracy)
        .add(Column.percent("changed", "changed").as("%.3f"), Row::changed);
    if (worst) {
      rows.add(Column.percent("worst", "worst image").as("%.3f"), Row::worst);
    }
    return rows.table("stops", "What stopping early saves and costs");
  }
}
