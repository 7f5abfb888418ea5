package org.pdnn.energy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An amount of energy.
///
/// Kept in picojoules, the unit of the published constants, so that 3.97 pJ stays exactly 3.97. May
/// be negative, as differences are.
///
/// @param picojoules finite
public record Joules(double picojoules) implements Comparable<Joules> {
  public static final Joules ZERO = new Joules(0);

  private static final double PICOJOULES_PER_NANOJOULE = 1e3;
  private static final double PICOJOULES_PER_JOULE = 1e12;

  private static final Pattern NOTATION = Pattern.compile("(\\S+?)\\s*(J|mJ|[uµ]J|nJ|pJ|fJ)");

  public Joules {
    if (!Double.isFinite(picojoules)) {
      throw new IllegalArgumentException("an energy must be finite, got " + picojoules + " pJ");
    }
  }

  public static Joules ofPicojoules(double picojoules) {
    return new Joules(picojoules);
  }

  public static Joules ofNanojoules(double nanojoules) {
    return new Joules(nanojoules * PICOJOULES_PER_NANOJOULE);
  }

  /// Reads a number and its unit, as in `500nJ`, `1.2 uJ`.
  ///
  /// @throws IllegalArgumentException naming what would be right
  public static Joules parse(String text) {
    Matcher notation = NOTATION.matcher(text.strip());
    try {
      if (notation.matches()) {
        String symbol = notation.group(2).replace('µ', 'u');
        double value = Double.parseDouble(notation.group(1));
        return Arrays.stream(EnergyUnit.values())
            .filter(unit -> unit.symbol().equals(symbol))
            .findFirst()
            .map(unit -> new Joules(value * unit.picojoules()))
            .orElseThrow();
      }
    } catch (IllegalArgumentException e) {
      // Told below, with what would be right.
    }
    throw new IllegalArgumentException(
        "'%s' is not an energy; use a number and J, mJ, uJ, nJ, pJ or fJ, as in 500nJ"
            .formatted(text));
  }

  public double nanojoules() {
    return picojoules / PICOJOULES_PER_NANOJOULE;
  }

  /// In words that compare with others: four digits, or all before the point, as in `76,710 nJ`.
  public String inNanojoules() {
    String format = Math.abs(nanojoules()) < 9999.5 ? "%,.4g nJ" : "%,.0f nJ";
    return String.format(Locale.ROOT, format, nanojoules());
  }

  public double joules() {
    return picojoules / PICOJOULES_PER_JOULE;
  }

  public Joules plus(Joules other) {
    return new Joules(picojoules + other.picojoules);
  }

  public Joules times(double factor) {
    return new Joules(picojoules * factor);
  }

  /// How many times the other this is, a number without unit.
  public double dividedBy(Joules other) {
    if (other.picojoules == 0) {
      throw new IllegalArgumentException("an energy cannot be divided by 0 J");
    }
    return picojoules / other.picojoules;
  }

  @Override
  public int compareTo(Joules other) {
    return Double.compare(picojoules, other.picojoules);
  }

  /// Four significant digits in the largest unit that leaves something before the point, as in
  /// `1.982 uJ`.
  @Override
  public String toString() {
    // Rounded first, so that 999.96 pJ is 1.000 nJ and not 1000 pJ.
    double rounded = new BigDecimal(picojoules).round(new MathContext(4)).doubleValue();
    EnergyUnit unit =
        Arrays.stream(EnergyUnit.values())
            .filter(candidate -> Math.abs(rounded) >= candidate.picojoules())
            .reduce(EnergyUnit.FEMTOJOULE, (_, larger) -> larger);
    double value = rounded / unit.picojoules();
    int decimals = Math.abs(value) >= 100 ? 1 : Math.abs(value) >= 10 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f %s", value, unit.symbol());
  }
}
