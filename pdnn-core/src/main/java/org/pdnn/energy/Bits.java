package org.pdnn.energy;

import java.util.List;
import java.util.Locale;
import org.pdnn.names.Limits;

/// An amount of memory.
///
/// @param count at least 0
public record Bits(long count) implements Comparable<Bits> {
  public static final Bits NONE = new Bits(0);

  private static final List<String> UNITS = List.of("bit", "kbit", "Mbit", "Gbit", "Tbit");

  public Bits {
    Limits.atLeast("an amount of memory", 0, count);
  }

  public Bits plus(Bits other) {
    return new Bits(Math.addExact(count, other.count));
  }

  public Bits times(long factor) {
    return new Bits(Math.multiplyExact(count, factor));
  }

  @Override
  public int compareTo(Bits other) {
    return Long.compare(count, other.count);
  }

  /// As in `1.24 Mbit`, a thousand a step.
  @Override
  public String toString() {
    double value = count;
    int unit = 0;
    while (value >= 999.95 && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0
        ? count + " bit"
        : String.format(Locale.ROOT, "%.4g %s", value, UNITS.get(unit));
  }
}
