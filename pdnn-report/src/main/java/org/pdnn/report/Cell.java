package org.pdnn.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.pdnn.evaluation.Estimate;

/// What stands in one place of a table.
public sealed interface Cell {
  /// Nothing: `-` for readers, absent in files.
  record None() implements Cell {}

  record Text(String words) implements Cell {}

  /// Yes or no.
  record Truth(boolean value) implements Cell {}

  record Whole(long value) implements Cell {}

  /// A real number, finite.
  record Real(double value) implements Cell {
    public Real {
      Numbers.requireFinite("value", value);
    }
  }

  /// A number whose digits count, as those that a paper prints: readers see them all.
  record Decimal(BigDecimal value) implements Cell {}

  /// A real number with its bounds: files hold three numbers, `key`, `keyLow` and `keyHigh`.
  record Measured(double value, Interval bounds) implements Cell {
    public Measured {
      Numbers.requireFinite("value", value);
    }
  }

  /// Bounds alone: files hold `keyLow` and `keyHigh`.
  record Bounds(Interval bounds) implements Cell {}

  /// Several words: a list in JSON.
  record Words(List<String> list) implements Cell {
    public Words {
      list = List.copyOf(list);
    }

    @Override
    public String toString() {
      return String.join("; ", list);
    }
  }

  /// The cell of a value.
  ///
  /// @param value words, a truth, a number, an [Estimate] or an [Interval], an optional of them, a
  ///   list of words, or null for nothing; all else as it prints
  /// @throws IllegalArgumentException if a number is not finite
  static Cell of(@Nullable Object value) {
    return switch (value) {
      case null -> new None();
      case Cell cell -> cell;
      case Optional<?> optional -> of(optional.orElse(null));
      case OptionalInt optional ->
          optional.isPresent() ? new Whole(optional.getAsInt()) : new None();
      case OptionalDouble optional ->
          optional.isPresent() ? new Real(optional.getAsDouble()) : new None();
      case Boolean truth -> new Truth(truth);
      case Integer number -> new Whole(number);
      case Long number -> new Whole(number);
      case BigDecimal number -> new Decimal(number);
      case Number number -> new Real(number.doubleValue());
      case Estimate estimate -> new Measured(estimate.value(), Interval.of(estimate));
      case Interval bounds -> new Bounds(bounds);
      case List<?> list -> new Words(list.stream().map(Object::toString).toList());
      default -> new Text(value.toString());
    };
  }
}
