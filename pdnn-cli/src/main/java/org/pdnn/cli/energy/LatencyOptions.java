package org.pdnn.cli.energy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pdnn.cli.energy.EnergyCurve.Row;
import org.pdnn.cli.option.Heading;
import org.pdnn.cli.option.TimeSpan;
import org.pdnn.energy.ParallelSamplers;
import org.pdnn.names.Counted;
import org.pdnn.report.Axis;
import org.pdnn.report.Column;
import org.pdnn.report.Figure;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import picocli.CommandLine.Option;

/// How long T samples take: in rounds of P samplers side by side, and in time if a pass's is known.
@Heading("Latency")
final class LatencyOptions {
  @Option(
      names = "--parallel",
      paramLabel = "P",
      description =
          "Show the latency of P samplers in parallel: ceil(T / P) rounds. The energy is"
              + " unchanged, as weights are read once for all.")
  private @Nullable Integer parallel;

  @Option(
      names = "--pass-time",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "Time of one pass, as in 2.04ms (s, ms, us, ns): shows the latency as a time.")
  private @Nullable Duration pass;

  /// Whether it is asked for.
  boolean asked() {
    return parallel != null || pass != null;
  }

  /// Adds the columns that are asked for.
  void addTo(EnergyTable<Row> table) {
    if (asked()) {
      table.add(Column.of("rounds", "rounds"), this::rounds);
    }
    if (pass != null) {
      table.add(
          Column.of("latencyMilliseconds", "latency").in("ms").as("%.4g"), this::milliseconds);
    }
  }

  /// The chart that is asked for.
  Optional<Figure> figure(List<Row> rows) {
    return asked()
        ? Optional.of(
            new Figure(
                "latency",
                "Latency",
                "Samplers side by side run whole passes; the energy is that of one.",
                Swept.SAMPLES.axis(),
                pass == null ? Axis.linear("Rounds", "") : Axis.linear("Latency", "ms"),
                List.of(
                    Series.markers(
                        "latency",
                        rows.stream()
                            .map(row ->
                                Point.of(
                                    row.place(), pass == null ? rounds(row) : milliseconds(row)))
                            .toList()))))
        : Optional.empty();
  }

  private int rounds(Row row) {
    return samplers().rounds(row.passes());
  }

  private double milliseconds(Row row) {
    return samplers().latency(row.passes(), Objects.requireNonNull(pass)).toNanos() / 1e6;
  }

  /// What is taken for granted.
  String assumption() {
    int count = samplers().count();
    return "latency: %s %s whole passes; the energy is that of one sampler"
        .formatted(Counted.of(count, "parallel sampler"), count == 1 ? "runs" : "run");
  }

  private ParallelSamplers samplers() {
    return new ParallelSamplers(parallel == null ? 1 : parallel);
  }
}
