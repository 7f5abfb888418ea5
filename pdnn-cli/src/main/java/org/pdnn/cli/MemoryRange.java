package org.pdnn.cli;

import org.pdnn.energy.Joules;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Energies of one bit: `0..5:0.5`, in pJ.
record MemoryRange(Joules from, Joules to, Joules step) {
  /// Reads the notation.
  static final class Converter implements ITypeConverter<MemoryRange> {
    @Override
    public MemoryRange convert(String text) {
      String[] parts = text.split("\\.\\.|:", -1);
      try {
        if (parts.length == 3) {
          return new MemoryRange(joules(parts[0]), joules(parts[1]), joules(parts[2]));
        }
      } catch (IllegalArgumentException e) {
        // Told below, with what would be right.
      }
      throw new TypeConversionException(
          "'%s' is not a range; use FROM..TO:STEP as in 0..5:0.5".formatted(text));
    }

    private static Joules joules(String text) {
      return Joules.ofPicojoules(Double.parseDouble(text));
    }
  }
}
