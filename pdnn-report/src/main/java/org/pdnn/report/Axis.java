package org.pdnn.report;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// What a figure measures along one side.
///
/// @param unit empty for a plain number
/// @param ticks where to write values, ascending; empty to choose them from the data
/// @param labels what to write at the ticks instead of their values, one each; empty for the values
public record Axis(String name, String unit, Scale scale, List<Double> ticks, List<String> labels) {
  /// How values become distances.
  public enum Scale {
    LINEAR,
    LOG2,
    LOG10
  }

  public Axis {
    Texts.requirePresent("axis name", name);
    ticks = List.copyOf(ticks);
    labels = List.copyOf(labels);
    if (!labels.isEmpty() && labels.size() != ticks.size()) {
      throw new IllegalArgumentException(
          "axis '%s' must have a label for each of its %s ticks, got %s"
              .formatted(name, ticks.size(), labels.size()));
    }
    for (int i = 0; i < ticks.size(); i++) {
      Numbers.requireFinite("tick", ticks.get(i));
      if (i > 0 && ticks.get(i) <= ticks.get(i - 1)) {
        throw new IllegalArgumentException("ticks must ascend, got " + ticks);
      }
      if (scale != Scale.LINEAR && ticks.get(i) <= 0) {
        throw new IllegalArgumentException("ticks of a log axis must be positive, got " + ticks);
      }
    }
  }

  public static Axis linear(String name, String unit) {
    return new Axis(name, unit, Scale.LINEAR, List.of(), List.of());
  }

  /// Things beside each other: the first stands at 1, the second at 2.
  public static Axis of(String name, List<String> things) {
    List<Double> places =
        IntStream.rangeClosed(1, things.size()).mapToObj(place -> (double) place).toList();
    return new Axis(name, "", Scale.LINEAR, places, things);
  }

  /// Every factor of two is as wide: for samples T.
  public static Axis log2(String name, String unit) {
    return new Axis(name, unit, Scale.LOG2, List.of(), List.of());
  }

  /// Every factor of ten is as wide: for energies.
  public static Axis log10(String name, String unit) {
    return new Axis(name, unit, Scale.LOG10, List.of(), List.of());
  }

  /// The same axis with values written exactly at `ticks`.
  public Axis withTicks(double... ticks) {
    return new Axis(name, unit, scale, Arrays.stream(ticks).boxed().toList(), List.of());
  }

  /// A value as it stands in files: the label where it has one.
  Cell cell(double value) {
    int tick = ticks.indexOf(value);
    return labels.isEmpty() || tick < 0 ? new Cell.Real(value) : new Cell.Text(labels.get(tick));
  }

  /// The same as readers see it.
  String shown(double value) {
    return Column.shown(name).show(cell(value));
  }

  void requireDrawable(double value, String series) {
    if (scale != Scale.LINEAR && value <= 0) {
      throw new IllegalArgumentException(
          "values on the log axis '%s' must be positive, got %s in series '%s'"
              .formatted(name, value, series));
    }
  }
}
