package org.pdnn.reproduction;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.pdnn.report.Point;
import org.pdnn.sweep.Entry;
import org.pdnn.sweep.Findings;

/// Curves of addressed words among findings.
final class SampledCurves {
  private SampledCurves() {}

  /// Of one family of networks, in the order in which they were found. The set of data may be
  /// another than an experiment's own.
  ///
  /// @param family how the network's name, or an auto-encoder's family, begins: `mlp`, `vgg5`
  static List<Sampled> of(Findings findings, String family) {
    return ofKind(findings, "sampled", family).stream()
        .map(entry -> new Sampled(entry.recipe(), entry.result()))
        .toList();
  }

  /// Shares of variance of one family of networks.
  static List<Entry> variances(Findings findings, String family) {
    return ofKind(findings, "variance", family);
  }

  private static List<Entry> ofKind(Findings findings, String kind, String family) {
    return findings.ofKind(kind).stream()
        .filter(entry -> familyOf(entry.recipe().path("model")).startsWith(family))
        .toList();
  }

  private static String familyOf(JsonNode model) {
    return model.path("network").asText(model.path("family").asText());
  }

  /// A measured value with its bounds.
  record Value(double value, double low, double high) {
    Point at(double x) {
      Point point = Point.of(x, value);
      return low == high ? point : point.between(low, high);
    }

    Value withoutBounds() {
      return new Value(value, value, value);
    }

    /// How much it is above another one. The noise of both is taken for independent; where both are
    /// of the same words, as sources of randomness are that differ little, the interval is too
    /// wide.
    Ordering above(Value other, String statement, String unit) {
      double difference = value - other.value;
      double down = Math.hypot(value - low, other.high - other.value);
      double up = Math.hypot(high - value, other.value - other.low);
      return new Ordering(
          "beyond the paper", statement, difference, difference - down, difference + up, unit);
    }

    /// `96.44 ± 0.10`, or `96.44` without noise.
    String words(String format) {
      return low == high
          ? String.format(Locale.ROOT, format, value)
          : String.format(Locale.ROOT, format + " ± " + format, value, (high - low) / 2);
    }
  }

  /// One curve.
  record Sampled(JsonNode recipe, JsonNode result) {
    String text(String key) {
      return recipe.path(key).asText();
    }

    /// The network in words: `frozen` or `s = 5`.
    String network() {
      return networkOf(recipe);
    }

    /// What the last hidden layer handed on: `bits` or `expectation`.
    String lastHidden() {
      return recipe.path("lastHidden").asText(text("last"));
    }

    List<Integer> samples() {
      List<Integer> samples = new ArrayList<>();
      result.path("curve").forEach(point -> samples.add(point.path("samples").asInt()));
      return samples;
    }

    NoiseSeeds seeds() {
      return new NoiseSeeds(recipe.path("seeds").asInt());
    }

    /// Accuracy in percent; without bounds if there are too few noise seeds for an interval.
    Optional<Value> accuracy(int samples) {
      Optional<Value> found = value(samples, "accuracy", 100);
      return seeds().makeAnInterval() ? found : found.map(Value::withoutBounds);
    }

    Optional<Value> equivalentSamples(int samples) {
      return value(samples, "equivalentSamples", 1);
    }

    private Optional<Value> value(int samples, String key, double unit) {
      for (JsonNode point : result.path("curve")) {
        if (point.path("samples").asInt() == samples && point.has(key)) {
          return Optional.of(
              new Value(
                  unit * point.path(key).asDouble(),
                  unit * point.path(key + "Low").asDouble(),
                  unit * point.path(key + "High").asDouble()));
        }
      }
      return Optional.empty();
    }

    List<Point> accuracies() {
      return points(this::accuracy);
    }

    List<Point> equivalents() {
      return points(this::equivalentSamples);
    }

    private List<Point> points(IntFunction<Optional<Value>> found) {
      List<Point> points = new ArrayList<>();
      for (int count : samples()) {
        found.apply(count).map(value -> value.at(count)).ifPresent(points::add);
      }
      return points;
    }

    double deterministic() {
      return 100 * result.path("deterministic").path("accuracy").asDouble();
    }

    /// T whose passes are worth so many, by a straight line between logarithms; the first T if its
    /// passes are worth more, nothing if no T was enough.
    Optional<Double> samplesWorth(double equivalent) {
      List<Point> points = equivalents();
      if (!points.isEmpty() && points.getFirst().y() >= equivalent) {
        return Optional.of(points.getFirst().x());
      }
      for (int i = 1; i < points.size(); i++) {
        Point low = points.get(i - 1);
        Point high = points.get(i);
        if (low.y() <= equivalent && equivalent <= high.y()) {
          double share = Math.log(equivalent / low.y()) / Math.log(high.y() / low.y());
          return Optional.of(low.x() * Math.pow(high.x() / low.x(), share));
        }
      }
      return Optional.empty();
    }
  }

  /// `frozen` where other neurons stand in place of the trained ones, else the s of its training.
  static String networkOf(JsonNode recipe) {
    JsonNode model = recipe.path("model");
    String hidden = model.has("hidden") ? "hidden" : "neuron";
    return recipe.path(hidden).equals(model.path(hidden))
        ? "s = " + model.path("samples").asInt()
        : "frozen";
  }
}
