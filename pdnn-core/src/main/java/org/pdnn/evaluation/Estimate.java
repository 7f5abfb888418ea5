package org.pdnn.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.pdnn.files.JsonFields;

/// A measured value with the bounds of its 95 % interval. An interval takes at least
/// [#FEWEST_REPETITIONS] repetitions: two show how far apart they lie, and next to nothing of a
/// third. Of fewer the bounds are the least and the greatest value, and are called a range.
public record Estimate(double value, double low, double high) {
  /// The fewest repetitions that make an interval.
  public static final int FEWEST_REPETITIONS = 3;

  public Estimate {
    if (!Double.isFinite(low) || !Double.isFinite(high) || !(low <= value && value <= high)) {
      throw new IllegalArgumentException(
          "an estimate must be finite and lie within its bounds, got %s in [%s, %s]"
              .formatted(value, low, high));
    }
  }

  /// What the bounds of so many repetitions are called: `95 %` or `range`.
  public static String boundsName(int repetitions) {
    return repetitions < FEWEST_REPETITIONS ? "range" : "95 %";
  }

  /// A value without noise.
  public static Estimate exact(double value) {
    return new Estimate(value, value, value);
  }

  /// The mean of repetitions, with bounds by Student's t: mean ± t s / sqrt(R), s^2 the unbiased
  /// variance. The noise is that of the repetitions alone, here of the noise seeds on the same
  /// images; it says nothing of other images. Of fewer than [#FEWEST_REPETITIONS] the bounds are
  /// the least and the greatest value.
  public static Estimate over(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("values must be at least 1, got 0");
    }
    double mean = 0;
    for (double value : values) {
      mean += value / values.length;
    }
    if (values.length < FEWEST_REPETITIONS) {
      double[] sorted = Arrays.stream(values).sorted().toArray();
      return new Estimate(mean, sorted[0], sorted[values.length - 1]);
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    int degreesOfFreedom = values.length - 1;
    double error = Math.sqrt(squares / degreesOfFreedom / values.length);
    double half = StudentT.quantile(degreesOfFreedom) * error;
    return new Estimate(mean, mean - half, mean + half);
  }

  /// A share of so many inputs with its 95 % interval for other inputs (E. B. Wilson, Journal of
  /// the American Statistical Association 22, 1927).
  public static Estimate ofShare(double share, int inputs) {
    double z = 1.959964;
    double scale = 1 + z * z / inputs;
    double middle = (share + z * z / (2 * inputs)) / scale;
    double half =
        z / scale * Math.sqrt(share * (1 - share) / inputs + z * z / (4.0 * inputs * inputs));
    return new Estimate(
        share, Math.clamp(middle - half, 0, share), Math.clamp(middle + half, share, 1));
  }

  /// Adds the estimate to an object under three keys, as in `accuracy`, `accuracyLow` and
  /// `accuracyHigh`.
  void addTo(ObjectNode json, String key) {
    json.put(key, value).put(key + "Low", low).put(key + "High", high);
  }

  /// Reads what [#addTo] added.
  static Estimate from(JsonNode json, String key) {
    return new Estimate(
        JsonFields.number(json, key),
        JsonFields.number(json, key + "Low"),
        JsonFields.number(json, key + "High"));
  }

  /// The same estimate with everything cut to the range that its measure has.
  Estimate within(double least, double most) {
    return new Estimate(
        Math.clamp(value, least, most),
        Math.clamp(low, least, most),
        Math.clamp(high, least, most));
  }
}
