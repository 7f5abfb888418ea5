package org.pdnn.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.pdnn.files.JsonFields;
import org.pdnn.names.Limits;
import org.pdnn.random.Scheme;

/// What a network is worth at one number of samples. Limits are 95 % intervals over noise seeds on
/// the same images.
///
/// @param samples T
/// @param scheme how the passes share their randomness; absent of a deterministic network, for
///   which nothing is drawn
/// @param accuracy share of inputs whose predicted class is the true one
/// @param negativeLogLikelihood mean of -ln p(true class)
/// @param brier mean over inputs of the sum over classes of squared errors of the probabilities
/// @param expectedCalibrationError mean gap between confidence and accuracy in 15 bins
/// @param equivalentSamples N_eq, how many independent passes these are worth; absent with a single
///   seed or image, without variance, and if the run averages layer by layer
/// @param agreement share of inputs to which the deterministic twin gives the same class
public record CurvePoint(
    int samples,
    Optional<Scheme> scheme,
    Estimate accuracy,
    Estimate negativeLogLikelihood,
    Estimate brier,
    Estimate expectedCalibrationError,
    Optional<Estimate> equivalentSamples,
    Estimate agreement) {
  private static final List<String> MEASURES =
      List.of(
          "accuracy",
          "negativeLogLikelihood",
          "brier",
          "expectedCalibrationError",
          "equivalentSamples",
          "agreement");

  public CurvePoint {
    Limits.atLeast("samples", 1, samples);
  }

  /// The point that tallies of several noise seeds make.
  static CurvePoint of(
      int samples,
      Optional<Scheme> scheme,
      List<Tally> seeds,
      Optional<Estimate> equivalentSamples) {
    return new CurvePoint(
        samples,
        scheme,
        Estimate.over(seeds.stream().mapToDouble(Tally::accuracy).toArray()).within(0, 1),
        Estimate.over(seeds.stream().mapToDouble(Tally::negativeLogLikelihood).toArray())
            .within(0, Double.MAX_VALUE),
        Estimate.over(seeds.stream().mapToDouble(Tally::brier).toArray()).within(0, 2),
        Estimate.over(seeds.stream().mapToDouble(Tally::expectedCalibrationError).toArray())
            .within(0, 1),
        equivalentSamples,
        Estimate.over(seeds.stream().mapToDouble(Tally::agreement).toArray()).within(0, 1));
  }

  /// The point of a deterministic network: one pass, exact.
  static CurvePoint deterministic(Tally tally) {
    return of(1, Optional.empty(), List.of(tally), Optional.empty());
  }

  /// In the order of [#MEASURES].
  private List<Optional<Estimate>> measures() {
    return List.of(
        Optional.of(accuracy),
        Optional.of(negativeLogLikelihood),
        Optional.of(brier),
        Optional.of(expectedCalibrationError),
        equivalentSamples,
        Optional.of(agreement));
  }

  /// The point as JSON: `samples`, `scheme`, and three keys per measure, as in `accuracy`,
  /// `accuracyLow`, `accuracyHigh`. What is absent has no key.
  @JsonValue
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("samples", samples).put("scheme", Scheme.nameOf(scheme));
    List<Optional<Estimate>> measures = measures();
    for (int i = 0; i < MEASURES.size(); i++) {
      String key = MEASURES.get(i);
      measures.get(i).ifPresent(estimate -> estimate.addTo(json, key));
    }
    return json;
  }

  /// Reads what [#toJson] wrote; other keys are left aside.
  ///
  /// @throws IllegalArgumentException naming the key that is missing or wrong
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static CurvePoint fromJson(JsonNode json) {
    return new CurvePoint(
        JsonFields.integer(json, "samples"),
        Scheme.ofName(JsonFields.text(json, "scheme")),
        Estimate.from(json, "accuracy"),
        Estimate.from(json, "negativeLogLikelihood"),
        Estimate.from(json, "brier"),
        Estimate.from(json, "expectedCalibrationError"),
        json.has("equivalentSamples")
            ? Optional.of(Estimate.from(json, "equivalentSamples"))
            : Optional.empty(),
        Estimate.from(json, "agreement"));
  }
}
