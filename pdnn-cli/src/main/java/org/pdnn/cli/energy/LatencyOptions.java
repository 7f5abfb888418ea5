package org.pdnn.cli.energy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pdnn.energy.ParallelSamplers;
import org.pdnn.report.Cell;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How long T samples take: in rounds of P samplers side by side, and in time if a pass's is known.
final class LatencyOptions {
  @Option(
      names = "--parallel",
      paramLabel = "P",
      description =
          "Show the latency of P samplers side by side: ceil(T / P) rounds. The energy stays, as"
              + " weights are read once for all.")
  private @Nullable Integer parallel;

  @Option(
      names = "--pass-time",
      paramLabel = "TIME",
      converter = PassTime.class,
      description = "How long a pass takes, as in 2.04ms (s, ms, us, ns), for a latency in time.")
  private @Nullable Duration pass;

  /// Whether it is asked for.
  boolean asked() {
    return parallel != null || pass != null;
  }

  /// Headings of the columns.
  List<String> headings() {
    List<String> headings = new ArrayList<>();
    if (asked()) {
      headings.add("rounds");
    }
    if (pass != null) {
      headings.add("latency ms");
    }
    return headings;
  }

  /// The cells of a row, which are put into its JSON, too.
  List<Object> cells(int samples, ObjectNode node) {
    List<Object> cells = new ArrayList<>();
    if (asked()) {
      ParallelSamplers samplers = samplers();
      int rounds = samplers.rounds(samples);
      cells.add(rounds);
      node.put("rounds", rounds);
      if (pass != null) {
        double milliseconds = samplers.latency(samples, pass).toNanos() / 1e6;
        cells.add(Cell.number(milliseconds, "%.4g"));
        node.put("latencyMilliseconds", milliseconds);
      }
    }
    return cells;
  }

  /// What is taken for granted.
  String assumption() {
    return "latency: %d parallel sampler%s run%s whole passes; the energy is that of one sampler"
        .formatted(
            samplers().count(),
            samplers().count() == 1 ? "" : "s",
            samplers().count() == 1 ? "s" : "");
  }

  private ParallelSamplers samplers() {
    return new ParallelSamplers(parallel == null ? 1 : parallel);
  }

  /// Reads `2.04ms`.
  static final class PassTime implements ITypeConverter<Duration> {
    private static final Pattern NOTATION = Pattern.compile("([0-9.eE+-]+) ?(s|ms|us|ns)");
    private static final double LONGEST = 1e18;

    @Override
    public Duration convert(String text) {
      Matcher notation = NOTATION.matcher(text.strip());
      try {
        if (notation.matches()) {
          double unit =
              switch (notation.group(2)) {
                case "s" -> 1e9;
                case "ms" -> 1e6;
                case "us" -> 1e3;
                default -> 1;
              };
          double nanoseconds = Double.parseDouble(notation.group(1)) * unit;
          if (nanoseconds >= 1 && nanoseconds <= LONGEST) {
            return Duration.ofNanos(Math.round(nanoseconds));
          }
        }
      } catch (NumberFormatException e) {
        // Told below, with what would be right.
      }
      throw new TypeConversionException(
          "'%s' is not a time; use a number and s, ms, us or ns, as in 2.04ms".formatted(text));
    }
  }
}
