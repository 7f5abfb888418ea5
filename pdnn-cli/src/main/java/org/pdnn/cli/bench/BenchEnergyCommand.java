package org.pdnn.cli.bench;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.Within;
import org.pdnn.energy.Convention;
import org.pdnn.energy.OperationGrid;
import org.pdnn.energy.OperationPoint;
import org.pdnn.energy.Technology;
import org.pdnn.network.Neuron;
import org.pdnn.report.Column;
import org.pdnn.report.Document;
import org.pdnn.report.Form;
import org.pdnn.report.Rows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn bench energy`: how fast the energy model sweeps.
@Command(
    name = "energy",
    mixinStandardHelpOptions = true,
    description =
        "Time sweeps of the elementary operation over technology, T, weight bits and fan-in.",
    footer = {
      "",
      "A sweep has 100,000 points: 10 technologies, T = 1 to 25, 20 widths, 20 fan-ins."
          + " The first runs in a cold JVM, as a user's does.",
      "",
      "Example:",
      "  pdnn bench energy --rounds 20 --format json"
    })
final class BenchEnergyCommand implements Callable<Integer> {
  @Option(
      names = "--rounds",
      paramLabel = "R",
      defaultValue = "10",
      description = "Sweeps after the first; their median is reported (default: 10).")
  @Within(least = 1, most = Bounds.ROUNDS)
  private int rounds = 10;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    OperationGrid grid =
        new OperationGrid(
            Neuron.parse("pbit:sigmoid"),
            Convention.PAPER,
            Technology.NAMES.stream().limit(10).map(Technology::named).toList(),
            upTo(25, 1),
            upTo(20, 1),
            upTo(20, 16));
    double first = milliseconds(grid);
    long points = grid.points().count();
    double[] times =
        IntStream.range(0, rounds).mapToDouble(_ -> milliseconds(grid)).sorted().toArray();
    output.print(spec.commandLine().getOut(), document(points, first, times));
    return 0;
  }

  private static List<Integer> upTo(int count, int step) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> i * step).toList();
  }

  private static double milliseconds(OperationGrid grid) {
    long start = System.nanoTime();
    double sum = grid.points().mapToDouble(OperationPoint::gain).sum();
    double elapsed = (System.nanoTime() - start) / 1e6;
    if (!(sum > 0)) {
      throw new IllegalStateException("gains are positive, their sum was " + sum);
    }
    return elapsed;
  }

  private Document document(long points, double first, double[] times) {
    double median = times[times.length / 2];
    record Speed(long points, double first, double median, double perSecond) {}
    Speed speed = new Speed(points, first, median, points / median * 1000);
    Document document =
        new Document("Speed of the energy model")
            .add(
                new Rows<>(List.of(speed))
                    .add("points", "points", Speed::points)
                    .add(Column.of("firstMilliseconds", "first").in("ms").as("%.0f"), Speed::first)
                    .add(
                        Column.of("medianMilliseconds", "median").in("ms").as("%.0f"),
                        Speed::median)
                    .add(Column.of("pointsPerSecond", "points/s").as("%,.0f"), Speed::perSecond)
                    .table("sweeps", "Sweeps")
                    .only(Form.TEXT, Form.CSV))
            .fact("points", points)
            .fact("firstMilliseconds", first)
            .fact("medianMilliseconds", median)
            .fact("pointsPerSecond", speed.perSecond)
            .provenance("rounds", rounds);
    return BenchCommand.machine(document);
  }
}
