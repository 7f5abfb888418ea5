package org.pdnn.experiment;

import java.util.List;
import java.util.Map;

/// A trained decoder measured on several sets of images against T.
///
/// @param curve one point for each T, T rising
public record SetCurve(String modelSha256, List<SetPoint> curve) {
  /// One value for each set, at one T.
  ///
  /// @param samples T
  /// @param values one for each set
  public record SetPoint(int samples, List<Double> values) {}

  /// @param values of each set, by T
  static SetCurve of(String modelSha256, Map<Integer, List<Double>> values) {
    return new SetCurve(
        modelSha256,
        values.entrySet().stream()
            .map(point -> new SetPoint(point.getKey(), point.getValue()))
            .toList());
  }
}
