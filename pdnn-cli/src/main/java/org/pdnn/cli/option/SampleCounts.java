package org.pdnn.cli.option;

import java.util.List;
import org.pdnn.names.Values;
import org.pdnn.sampling.Run;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads numbers of samples: `1,2,4,8`, `1..32`, or both mixed.
public final class SampleCounts implements ITypeConverter<SampleCounts.Counts> {
  /// Numbers of samples in the order given.
  public record Counts(List<Integer> values) {
    public Counts {
      values = List.copyOf(values);
    }
  }

  @Override
  public Counts convert(String text) {
    try {
      return new Counts(Values.parse(text).whole("samples", Run.MOST_SAMPLES));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
