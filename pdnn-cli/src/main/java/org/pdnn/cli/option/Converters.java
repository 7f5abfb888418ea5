package org.pdnn.cli.option;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.pdnn.energy.Joules;
import org.pdnn.network.Neuron;
import org.pdnn.random.Scheme;
import org.pdnn.training.Accelerator;
import org.pdnn.training.Arithmetic;
import org.pdnn.training.Schedule;
import org.pdnn.training.WeightForm;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads the values of options by their types. Whole numbers have the digits 0 to 9; Java takes
/// those of every script.
public final class Converters {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]+");

  private Converters() {}

  public static void register(CommandLine line) {
    ITypeConverter<Integer> integers = text -> whole(text, Integer::valueOf);
    ITypeConverter<Long> longs = text -> whole(text, Long::valueOf);
    ITypeConverter<Double> reals = Converters::real;
    line.registerConverter(Integer.class, integers).registerConverter(int.class, integers);
    line.registerConverter(Long.class, longs).registerConverter(long.class, longs);
    line.registerConverter(Double.class, reals).registerConverter(double.class, reals);
    line.registerConverter(Path.class, Converters::path);
    line.registerConverter(Neuron.class, Neuron::parse);
    line.registerConverter(Joules.class, Joules::parse);
    line.registerConverter(Scheme.class, Scheme::parse);
    line.registerConverter(Schedule.class, Schedule::parse);
    line.registerConverter(Arithmetic.class, Arithmetic::parse);
    line.registerConverter(WeightForm.class, WeightForm::parse);
    line.registerConverter(Accelerator.class, Accelerator::parse);
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

  private static Path path(String text) {
    try {
      if (!text.isEmpty()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // Told below.
    }
    throw new TypeConversionException("'%s' is not a path".formatted(text));
  }

  private static double real(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is not a number");
    }
  }
}
