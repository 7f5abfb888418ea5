package org.pdnn.reproduction;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.Estimate;
import org.pdnn.evaluation.VarianceDecomposition;
import org.pdnn.experiment.CurveResult;
import org.pdnn.experiment.SampledCurve;
import org.pdnn.experiment.SampledImages;
import org.pdnn.experiment.VarianceShares;
import org.pdnn.report.Point;
import org.pdnn.sweep.Fields;
import org.pdnn.sweep.Findings;
import org.pdnn.sweep.Found;

/// Curves of addressed words among findings.
final class SampledCurves {
  private SampledCurves() {}

  /// Classifiers of one family, in the order in which they were found. The set of data may be
  /// another than an experiment's own.
  ///
  /// @param family how the network's name begins: `mlp`, `vgg5`
  static List<Sampled> classifiers(Findings findings, String family) {
    return findings.of(SampledCurve.KIND).stream()
        .filter(found -> found.recipe().object("model").text("network").startsWith(family))
        .map(found -> Sampled.of(found.recipe(), found.result()))
        .toList();
  }

  /// Decoders, in the order in which they were found.
  static List<Sampled> decoders(Findings findings) {
    return findings.of(SampledImages.KIND).stream()
        .map(found -> Sampled.of(found.recipe(), found.result()))
        .toList();
  }

  /// Shares of variance of one family of classifiers.
  static List<Found<VarianceDecomposition>> variances(Findings findings, String family) {
    return findings.of(VarianceShares.KIND).stream()
        .filter(found -> found.recipe().object("model").text("network").startsWith(family))
        .toList();
  }

  /// A measured value with its bounds.
  record Value(double value, double low, double high) {
    /// @param unit what the value is multiplied by: 100 for percent
    static Value of(Estimate estimate, double unit) {
      return new Value(unit * estimate.value(), unit * estimate.low(), unit * estimate.high());
    }

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
  ///
  /// @param network in words: `frozen` or `s = 5`
  /// @param lastHidden what the last hidden layer handed on: `bits` or `expectation`
  /// @param accuracies in percent, by T; without bounds if there are too few noise seeds
  /// @param equivalents N_eq, by T
  /// @param deterministic accuracy of the deterministic twin in percent; 0 for decoders
  record Sampled(
      Fields recipe,
      String network,
      String lastHidden,
      Map<Integer, Value> accuracies,
      Map<Integer, Value> equivalents,
      double deterministic) {
    static Sampled of(Fields recipe, CurveResult result) {
      boolean interval = new NoiseSeeds(recipe.integer("seeds")).makeAnInterval();
      Map<Integer, Value> accuracies = new TreeMap<>();
      Map<Integer, Value> equivalents = new TreeMap<>();
      for (CurvePoint point : result.curve()) {
        Value accuracy = Value.of(point.accuracy(), 100);
        accuracies.put(point.samples(), interval ? accuracy : accuracy.withoutBounds());
        point
            .equivalentSamples()
            .ifPresent(worth -> equivalents.put(point.samples(), Value.of(worth, 1)));
      }
      return new Sampled(
          recipe,
          networkOf(recipe, "neuron"),
          recipe.text("last"),
          accuracies,
          equivalents,
          100 * result.deterministic().accuracy().value());
    }

    static Sampled of(Fields recipe, SampledImages.Result result) {
      Map<Integer, Value> equivalents = new TreeMap<>();
      result
          .curve()
          .forEach(
              point -> equivalents.put(point.samples(), Value.of(point.equivalentSamples(), 1)));
      return new Sampled(
          recipe, networkOf(recipe, "hidden"), recipe.text("lastHidden"), Map.of(), equivalents, 0);
    }

    String scheme() {
      return recipe.text("scheme");
    }

    String imperfection() {
      return recipe.text("imperfection");
    }

    List<Integer> samples() {
      return recipe.integers("samples");
    }

    NoiseSeeds seeds() {
      return new NoiseSeeds(recipe.integer("seeds"));
    }

    Optional<Value> accuracy(int samples) {
      return Optional.ofNullable(accuracies.get(samples));
    }

    Optional<Value> equivalentSamples(int samples) {
      return Optional.ofNullable(equivalents.get(samples));
    }

    List<Point> accuracyPoints() {
      return points(accuracies);
    }

    List<Point> worth() {
      return points(equivalents);
    }

    private static List<Point> points(Map<Integer, Value> values) {
      return values.entrySet().stream().map(entry -> entry.getValue().at(entry.getKey())).toList();
    }

    /// T whose passes are worth so many, by a straight line between logarithms; the first T if its
    /// passes are worth more, nothing if no T was enough.
    Optional<Double> samplesWorth(double equivalent) {
      List<Point> points = worth();
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
  ///
  /// @param key of the hidden neurons
  static String networkOf(Fields recipe, String key) {
    Fields model = recipe.object("model");
    return recipe.text(key).equals(model.text(key)) ? "s = " + model.integer("samples") : "frozen";
  }
}
