package org.pdnn.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.pdnn.report.Point;
import org.pdnn.report.Series;
import org.pdnn.sweep.Entry;
import org.pdnn.sweep.Findings;

/// Measured curves among findings, looked up by what was measured.
final class Accuracies {
  private final List<Entry> curves;
  private final List<Entry> comparisons;

  Accuracies(Findings findings) {
    curves = findings.ofKind("curve");
    comparisons = findings.ofKind("comparison");
  }

  /// What was measured, and the points.
  ///
  /// @param recipe of the cell
  record Measured(JsonNode recipe, JsonNode result) {
    /// s, passes of a training step.
    int trainingSamples() {
      return recipe.path("model").path("samples").asInt();
    }

    String neuron() {
      return recipe.path("neuron").asText();
    }

    String trainedNeuron() {
      return recipe.path("model").path("neuron").asText();
    }

    String scheme() {
      return recipe.path("scheme").asText();
    }

    String trainedScheme() {
      return recipe.path("model").path("scheme").asText();
    }

    /// Whether the last hidden layer gave its probabilities instead of bits.
    boolean expectation() {
      return recipe.path("last").asText().equals("expectation");
    }

    boolean byLayer() {
      return recipe.path("averaging").asText().equals("layer");
    }

    /// What the network was trained from: weights, order and noise.
    long trainingSeed() {
      return recipe.path("model").path("seed").asLong();
    }

    boolean frozen() {
      return !neuron().equals(trainedNeuron());
    }

    NoiseSeeds seeds() {
      return new NoiseSeeds(recipe.path("seeds").asInt());
    }

    /// Accuracy at T in percent, with its interval over noise seeds.
    Optional<Point> at(int samples) {
      return points().stream().filter(point -> point.x() == samples).findFirst();
    }

    /// Accuracy in percent against T.
    List<Point> points() {
      List<Point> points = new ArrayList<>();
      for (JsonNode point : result.path("curve")) {
        points.add(
            seeds()
                .point(
                    point.path("samples").asInt(),
                    percent(point, "accuracy"),
                    percent(point, "accuracyLow"),
                    percent(point, "accuracyHigh")));
      }
      return points;
    }

    /// Accuracy of the deterministic network in percent.
    double exact() {
      return percent(result.path("deterministic"), "accuracy");
    }

    Series.Line series(String name) {
      return Series.line(name, points());
    }

    private static double percent(JsonNode point, String key) {
      return 100 * point.path(key).asDouble();
    }
  }

  /// The curves that fit, in the order in which they were found.
  List<Measured> all(Predicate<Measured> fits) {
    return curves.stream()
        .map(entry -> new Measured(entry.recipe(), entry.result()))
        .filter(fits)
        .toList();
  }

  Optional<Measured> first(Predicate<Measured> fits) {
    return all(fits).stream().findFirst();
  }

  /// The compared pairs as orderings, in points of accuracy.
  List<Ordering> orderings(String place) {
    return comparisons.stream()
        .map(entry -> ordering(place, entry.recipe(), entry.result()))
        .toList();
  }

  /// A compared pair as an ordering, in points of accuracy.
  ///
  /// @param comparison has the claim and the margin
  static Ordering ordering(String place, JsonNode comparison, JsonNode found) {
    double margin = comparison.path("margin").asDouble();
    return new Ordering(
        place,
        comparison.path("claim").asText(),
        100 * (found.path("difference").asDouble() + margin),
        100 * (found.path("low").asDouble() + margin),
        100 * (found.path("high").asDouble() + margin),
        "points");
  }
}
