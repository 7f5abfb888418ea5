package org.pdnn.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.pdnn.files.JsonFields;

/// How much more accurate one network is than another on the same inputs.
///
/// With d(i) the share of noise seeds under which the one answers input i rightly, less that of the
/// other, the difference is the mean of d. The noise of an input is independent of that of every
/// other, so the spread of d holds both what other inputs and what other noise would change.
///
/// The p-value is that of a sign-flip test: if neither were better, each d(i) would be as likely
/// with the other sign. All 2^n choices of signs are counted exactly, by convolution; with one seed
/// each this is McNemar's exact test (Q. McNemar, Psychometrika 12, 1947; R. A. Fisher, The Design
/// of Experiments, 1935, section 21).
///
/// @param overInputs the difference with its 95 % interval for other inputs and other noise
/// @param overSeeds the same difference with its interval for other noise on these inputs alone;
///   exact where neither is noisy
/// @param pValue the probability of a difference at least as large, in either direction, if neither
///   were better
/// @param inputs how many were compared
/// @param better inputs with d above 0
/// @param worse inputs with d below 0
public record PairedDifference(
    Estimate overInputs, Estimate overSeeds, double pValue, int inputs, int better, int worse) {
  /// The p-value below which a difference is called one.
  public static final double SIGNIFICANT = 0.05;

  public PairedDifference {
    if (!(pValue >= 0 && pValue <= 1)) {
      throw new IllegalArgumentException("the p-value must be 0 to 1, got " + pValue);
    }
  }

  /// Compares two networks.
  ///
  /// @throws IllegalArgumentException if they answered different numbers of inputs, or have
  ///   different numbers of noise seeds and neither has one alone
  public static PairedDifference of(Correctness one, Correctness other) {
    if (one.inputs() != other.inputs()) {
      throw new IllegalArgumentException(
          "the same inputs must be answered by both, got %s and %s"
              .formatted(one.inputs(), other.inputs()));
    }
    int seeds = Math.max(one.seeds(), other.seeds());
    if (Math.min(one.seeds(), other.seeds()) != 1 && one.seeds() != other.seeds()) {
      throw new IllegalArgumentException(
          "noise seeds must be as many for both, or one, got %s and %s"
              .formatted(one.seeds(), other.seeds()));
    }
    int[] differences = new int[one.inputs()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] =
          one.right(i) * (seeds / one.seeds()) - other.right(i) * (seeds / other.seeds());
    }
    double[] bySeed = new double[seeds];
    for (int seed = 0; seed < seeds; seed++) {
      bySeed[seed] = one.accuracy(seed % one.seeds()) - other.accuracy(seed % other.seeds());
    }
    return new PairedDifference(
        Estimate.over(Arrays.stream(differences).mapToDouble(d -> (double) d / seeds).toArray()),
        Estimate.over(bySeed),
        pValue(differences),
        differences.length,
        (int) Arrays.stream(differences).filter(d -> d > 0).count(),
        (int) Arrays.stream(differences).filter(d -> d < 0).count());
  }

  /// Whether the p-value is below 1 in 20.
  public boolean significant() {
    return pValue < SIGNIFICANT;
  }

  /// P(|sum of d with random signs| >= |sum of d|).
  private static double pValue(int[] differences) {
    int[] sizes = Arrays.stream(differences).map(Math::abs).filter(d -> d > 0).toArray();
    int most = Arrays.stream(sizes).sum();
    int observed = Math.abs(Arrays.stream(differences).sum());
    // probability[k]: the sizes that got the upper sign sum to k, so that the whole is 2 k - most.
    double[] probability = new double[most + 1];
    probability[0] = 1;
    int reached = 0;
    for (int size : sizes) {
      reached += size;
      for (int k = reached; k >= 0; k--) {
        probability[k] = (probability[k] + (k >= size ? probability[k - size] : 0)) / 2;
      }
    }
    double sum = 0;
    for (int k = 0; k <= most; k++) {
      if (Math.abs(2 * k - most) >= observed) {
        sum += probability[k];
      }
    }
    return Math.min(1, sum);
  }

  /// `{"difference":..., "low":..., "high":..., "noiseLow":..., "noiseHigh":..., "pValue":...,
  /// "inputs":..., "better":..., "worse":...}`
  @JsonValue
  public ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("difference", overInputs.value())
        .put("low", overInputs.low())
        .put("high", overInputs.high())
        .put("noiseLow", overSeeds.low())
        .put("noiseHigh", overSeeds.high())
        .put("pValue", pValue)
        .put("inputs", inputs)
        .put("better", better)
        .put("worse", worse);
  }

  /// Reads what [#toJson] wrote.
  ///
  /// @throws IllegalArgumentException naming the key that is missing or wrong
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static PairedDifference fromJson(JsonNode json) {
    double difference = JsonFields.number(json, "difference");
    return new PairedDifference(
        new Estimate(difference, JsonFields.number(json, "low"), JsonFields.number(json, "high")),
        overSeeds(
            difference, JsonFields.number(json, "noiseLow"), JsonFields.number(json, "noiseHigh")),
        JsonFields.number(json, "pValue"),
        JsonFields.integer(json, "inputs"),
        JsonFields.integer(json, "better"),
        JsonFields.integer(json, "worse"));
  }

  /// The mean over seeds may differ from that over inputs in its last digits.
  private static Estimate overSeeds(double difference, double low, double high) {
    return new Estimate(low <= high ? Math.clamp(difference, low, high) : difference, low, high);
  }
}
