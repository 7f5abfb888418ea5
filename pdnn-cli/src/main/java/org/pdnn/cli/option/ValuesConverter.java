package org.pdnn.cli.option;

import org.pdnn.names.Values;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the values of a sweep.
public final class ValuesConverter implements ITypeConverter<Values> {
  @Override
  public Values convert(String text) {
    try {
      return Values.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
