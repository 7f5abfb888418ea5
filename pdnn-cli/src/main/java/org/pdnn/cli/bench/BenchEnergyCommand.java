package org.pdnn.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.pdnn.cli.option.Bounds;
import org.pdnn.cli.option.OutputOptions;
import org.pdnn.cli.option.TextTable;
import org.pdnn.cli.option.Within;
import org.pdnn.energy.Convention;
import org.pdnn.energy.OperationGrid;
import org.pdnn.energy.OperationPoint;
import org.pdnn.energy.Technology;
import org.pdnn.evaluation.Environment;
import org.pdnn.network.Neuron;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pdnn bench energy`: how fast the energy model sweeps.
@Command(
    name = "energy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
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
      description = "Sweeps after the first; the median counts (default: 10).")
  @Within(least = 1, most = Bounds.ROUNDS)
  private int rounds = 10;

  @Option(names = "--seed", defaultValue = "1", description = "Noted; nothing here is random.")
  private long seed = 1;

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

  private OutputOptions.Document document(long points, double first, double[] times) {
    double median = times[times.length / 2];
    double perSecond = points / median * 1000;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("points", points)
        .put("firstMilliseconds", first)
        .put("medianMilliseconds", median)
        .put("pointsPerSecond", perSecond);
    Environment here = Environment.here();
    json.putObject("provenance")
        .put("seed", seed)
        .put("rounds", rounds)
        .put("version", here.version())
        .put("jdk", here.jdk())
        .put("cpu", here.cpu())
        .put("processors", here.processors())
        .put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    TextTable table =
        new TextTable("points", "first ms", "median ms", "points/s")
            .row(points, number("%.0f", first), number("%.0f", median), number("%.2e", perSecond));
    return new OutputOptions.Document(table, json);
  }

  private static String number(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
