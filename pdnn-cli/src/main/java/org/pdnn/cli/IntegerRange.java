package org.pdnn.cli;

import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Whole numbers from 1 up: `1..32`, `16..512:16`.
///
/// @param step at least 1
record IntegerRange(int from, int to, int step) {
  private static final int MOST = 100_000;

  IntegerRange {
    if (from < 1 || to < from || step < 1 || to > MOST) {
      throw new IllegalArgumentException(
          "a range must run upwards within 1 to %d, got %d..%d:%d".formatted(MOST, from, to, step));
    }
  }

  List<Integer> values() {
    return IntStream.iterate(from, value -> value <= to, value -> value + step).boxed().toList();
  }

  /// Reads the notation.
  static final class Converter implements ITypeConverter<IntegerRange> {
    @Override
    public IntegerRange convert(String text) {
      String[] parts = text.split("\\.\\.|:", -1);
      try {
        if (parts.length == 2 || parts.length == 3) {
          int step = parts.length == 3 ? Integer.parseInt(parts[2]) : 1;
          return new IntegerRange(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), step);
        }
      } catch (NumberFormatException e) {
        // Told below, with what would be right.
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
      throw new TypeConversionException(
          "'%s' is not a range; use FROM..TO or FROM..TO:STEP as in 16..512:16".formatted(text));
    }
  }
}
