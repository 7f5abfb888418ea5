package org.pdnn.cli;

import java.util.ArrayList;
import java.util.List;
import org.pdnn.sampling.Run;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads numbers of samples: `1,2,4,8`, `1..32`, or both mixed.
final class SampleCounts implements ITypeConverter<SampleCounts.Counts> {
  /// Numbers of samples in the order given.
  record Counts(List<Integer> values) {
    Counts {
      values = List.copyOf(values);
    }
  }

  @Override
  public Counts convert(String text) {
    List<Integer> counts = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String[] ends = part.split("\\.\\.", -1);
      int from = number(ends[0], text);
      int to = number(ends[ends.length - 1], text);
      if (ends.length > 2 || to < from) {
        throw new TypeConversionException("'" + text + "' is not a range; use 1..32");
      }
      for (int count = from; count <= to; count++) {
        counts.add(count);
      }
    }
    return new Counts(counts);
  }

  private static int number(String part, String whole) {
    int value;
    try {
      value = Integer.parseInt(part.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException(
          "'" + whole + "' is not a list of numbers; use 1,2,4,8 or 1..32");
    }
    if (value < 1 || value > Run.MOST_SAMPLES) {
      throw new TypeConversionException(
          "samples must be 1 to " + Run.MOST_SAMPLES + ", got " + value);
    }
    return value;
  }
}
