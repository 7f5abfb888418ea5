package org.pdnn.report;

import java.util.IllegalFormatException;
import java.util.Locale;

/// What stands in one place of a table.
public sealed interface Cell {
  /// As a reader sees it.
  String shown();

  /// As files hold it: a number with all its digits.
  String full();

  /// Words, or nothing.
  record Text(String shown) implements Cell {
    @Override
    public String full() {
      return shown;
    }
  }

  /// A number: files hold it in full, readers see it rounded.
  record Quantity(double value, String shown) implements Cell {
    public Quantity {
      Numbers.requireFinite("value", value);
    }

    @Override
    public String full() {
      return Numbers.plain(value);
    }
  }

  static Cell text(String words) {
    return new Text(words);
  }

  /// A number shown in full.
  static Cell number(double value) {
    Numbers.requireFinite("value", value);
    return new Quantity(value, Numbers.plain(value));
  }

  /// A number shown in a [java.util.Formatter] format such as `%.2f`.
  static Cell number(double value, String format) {
    try {
      return new Quantity(value, String.format(Locale.ROOT, format, value));
    } catch (IllegalFormatException e) {
      throw new IllegalArgumentException(
          "format must suit one real number, got '%s'".formatted(format), e);
    }
  }
}
