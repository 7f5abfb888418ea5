package org.pdnn.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;
import org.pdnn.report.Series;
import org.pdnn.sweep.Entry;

/// Measured curves as they stand in findings, in percent for charts and verdicts.
final class Points {
  private static final double PERCENT = 100;

  private Points() {}

  static Series.Line accuracy(String name, Entry curve) {
    return Series.line(
        name,
        all(curve.result()).stream()
            .map(point ->
                seeds(curve)
                    .point(
                        point.path("samples").asDouble(),
                        percent(point, "accuracy"),
                        percent(point, "accuracyLow"),
                        percent(point, "accuracyHigh")))
            .toList());
  }

  static NoiseSeeds seeds(Entry curve) {
    return new NoiseSeeds(curve.recipe().path("seeds").asInt());
  }

  /// The points of a curve, T rising.
  static List<JsonNode> all(JsonNode result) {
    return StreamSupport.stream(result.path("curve").spliterator(), false).toList();
  }

  static JsonNode last(JsonNode result) {
    List<JsonNode> points = all(result);
    if (points.isEmpty()) {
      throw new IllegalArgumentException("the findings hold a curve without points");
    }
    return points.getLast();
  }

  static double percent(JsonNode node, String key) {
    return PERCENT * node.path(key).asDouble();
  }

  /// A paired difference as something that must hold, for other images and other noise.
  static Ordering ordering(String place, String statement, JsonNode paired) {
    return new Ordering(
        place,
        statement,
        percent(paired, "difference"),
        percent(paired, "low"),
        percent(paired, "high"),
        "points");
  }
}
