package org.pdnn.cli;

import java.util.function.Function;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads numbers on the command line, in the digits 0 to 9; Java takes those of every script.
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private Numbers() {}

  static void register(CommandLine line) {
    ITypeConverter<Integer> integers = text -> whole(text, Integer::valueOf);
    ITypeConverter<Long> longs = text -> whole(text, Long::valueOf);
    ITypeConverter<Double> reals = Numbers::real;
    line.registerConverter(Integer.class, integers).registerConverter(int.class, integers);
    line.registerConverter(Long.class, longs).registerConverter(long.class, longs);
    line.registerConverter(Double.class, reals).registerConverter(double.class, reals);
  }

  private static <N> N whole(String text, Function<String, N> parse) {
    if (!WHOLE.matcher(text).matches()) {
      throw new TypeConversionException("'" + text + "' is not a whole number");
    }
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is too large a number");
    }
  }

  private static double real(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }
}
