package org.pdnn.report;

import java.util.Arrays;
import java.util.List;

/// What a figure measures along one side.
///
/// @param unit empty for a plain number
/// @param ticks where to write values, ascending; empty to choose them from the data
public record Axis(String name, String unit, Scale scale, List<Double> ticks) {
  /// How values become distances.
  public enum Scale {
    LINEAR,
    LOG2,
    LOG10
  }

  public Axis {
    Texts.requirePresent("axis name", name);
    ticks = List.copyOf(ticks);
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
    return new Axis(name, unit, Scale.LINEAR, List.of());
  }

  /// Every factor of two is as wide: for samples T.
  public static Axis log2(String name, String unit) {
    return new Axis(name, unit, Scale.LOG2, List.of());
  }

  /// Every factor of ten is as wide: for energies.
  public static Axis log10(String name, String unit) {
    return new Axis(name, unit, Scale.LOG10, List.of());
  }

  /// The same axis with values written exactly at `ticks`.
  public Axis withTicks(double... ticks) {
    return new Axis(name, unit, scale, Arrays.stream(ticks).boxed().toList());
  }

  void requireDrawable(double value, String series) {
    if (scale != Scale.LINEAR && value <= 0) {
      throw new IllegalArgumentException(
          "values on the log axis '%s' must be positive, got %s in series '%s'"
              .formatted(name, value, series));
    }
  }
}
