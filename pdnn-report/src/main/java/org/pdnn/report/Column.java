package org.pdnn.report;

import java.math.BigDecimal;
import java.util.IllegalFormatException;
import java.util.Locale;

/// A column of a [Table]: what files call its values, and how readers see them.
///
/// @param key name in JSON and CSV, camel case with the unit in it, as in `totalNanojoules`; `a/b`
///   is `b` within the JSON object `a`; empty for a column that only readers see
/// @param heading above the column; empty for a column that only files hold
/// @param unit of the numbers that readers see; empty for words and plain numbers
/// @param factor from a number in a file to the one that readers see: 100 for a share in percent
/// @param format of [java.util.Formatter] for one real number; empty for all its digits; with ` ± `
///   and a second format in it also for half the width of the number's interval, if it has one
public record Column(String key, String heading, String unit, double factor, String format) {
  public Column {
    if (key.isBlank() && heading.isBlank()) {
      throw new IllegalArgumentException("a column must have a key or a heading");
    }
    requireReal(format);
  }

  private static void requireReal(String format) {
    try {
      Object _ = String.format(Locale.ROOT, format, 1.0, 1.0);
    } catch (IllegalFormatException e) {
      throw new IllegalArgumentException(
          "format must suit one real number, got '%s'".formatted(format), e);
    }
  }

  /// Words, whole numbers, or real numbers in full.
  public static Column of(String key, String heading) {
    return new Column(key, heading, "", 1, "");
  }

  /// A share, which readers see in percent with two decimals.
  public static Column percent(String key, String heading) {
    return of(key, heading).in("%").times(100).as("%.2f");
  }

  /// A column that only files hold.
  public static Column kept(String key) {
    return of(key, "");
  }

  /// A column that only readers see.
  public static Column shown(String heading) {
    return of("", heading);
  }

  /// For the same kind of values, under another key and heading.
  public Column under(String otherKey, String otherHeading) {
    return new Column(otherKey, otherHeading, unit, factor, format);
  }

  /// With the unit that readers see.
  public Column in(String unit) {
    return new Column(key, heading, unit, factor, format);
  }

  /// With this factor from files to readers.
  public Column times(double factor) {
    return new Column(key, heading, unit, factor, format);
  }

  /// With this format for readers, such as `%.2f`.
  public Column as(String format) {
    return new Column(key, heading, unit, factor, format);
  }

  boolean isKept() {
    return !key.isEmpty();
  }

  boolean isShown() {
    return !heading.isEmpty();
  }

  /// `name %`
  String line() {
    return unit.isEmpty() ? heading : heading + " " + unit;
  }

  /// `name (%)`
  String title() {
    return unit.isEmpty() ? heading : heading + " (" + unit + ")";
  }

  /// A cell as readers see it.
  String show(Cell cell) {
    return switch (cell) {
      case Cell.None _ -> "-";
      case Cell.Text(String words) -> words;
      case Cell.Words words -> words.toString();
      case Cell.Truth(boolean value) -> value ? "yes" : "no";
      case Cell.Whole(long value) ->
          factor == 1 && format.isEmpty() ? Long.toString(value) : show((double) value, 0);
      case Cell.Real(double value) -> show(value, 0);
      case Cell.Decimal(BigDecimal value) ->
          String.format(Locale.ROOT, "%,." + Math.max(0, value.scale()) + "f", value);
      case Cell.Measured(double value, Interval(double low, double high)) ->
          show(value, (high - low) / 2);
      case Cell.Bounds(Interval(double low, double high)) -> show(low, 0) + " to " + show(high, 0);
    };
  }

  private String show(double value, double half) {
    double seen = value * factor;
    String used = half > 0 ? format : format.replaceFirst(" ± .*", "");
    String text =
        used.isEmpty()
            ? Numbers.plain(seen)
            : String.format(Locale.ROOT, used, seen, half * factor);
    if (text.contains("e+") && !used.contains("±")) {
      // %g turns to an exponent where there are more digits before the point than it shows.
      text = String.format(Locale.ROOT, "%,.0f", seen);
    }
    // What rounds to nothing is not negative.
    return text.matches("-0(\\.0*)?") ? text.replace("-", format.contains("+") ? "+" : "") : text;
  }
}
