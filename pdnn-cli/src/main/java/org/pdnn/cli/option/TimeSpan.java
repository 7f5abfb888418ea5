package org.pdnn.cli.option;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `2.04ms`.
public final class TimeSpan implements ITypeConverter<Duration> {
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
      // Reported below, with what would be right.
    }
    throw new TypeConversionException(
        "'%s' is not a time; use a number and s, ms, us or ns, as in 2.04ms".formatted(text));
  }
}
