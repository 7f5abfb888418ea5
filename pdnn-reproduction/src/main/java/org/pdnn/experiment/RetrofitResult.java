package org.pdnn.experiment;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.pdnn.evaluation.CurvePoint;
import org.pdnn.evaluation.PairedDifference;

/// A changed network measured against T, each point compared with another change on the same
/// images.
///
/// @param plain accuracy of the other
/// @param images how many
/// @param input shape of an image
/// @param rise the greatest T compared with the least
/// @param curve one point for each T, T rising
public record RetrofitResult(
    double plain,
    int images,
    List<Integer> input,
    int classes,
    PairedDifference rise,
    List<ComparedPoint> curve) {
  public RetrofitResult {
    if (curve.isEmpty()) {
      throw new IllegalArgumentException("a curve needs at least one point");
    }
  }

  /// The points alone.
  public List<CurvePoint> points() {
    return curve.stream().map(ComparedPoint::point).toList();
  }

  /// A point, and its difference from the other network.
  public record ComparedPoint(CurvePoint point, PairedDifference paired) {
    /// The keys of the point, and `paired`.
    @JsonValue
    public ObjectNode toJson() {
      ObjectNode json = point.toJson();
      json.set("paired", paired.toJson());
      return json;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ComparedPoint fromJson(JsonNode json) {
      return new ComparedPoint(
          CurvePoint.fromJson(json), PairedDifference.fromJson(json.path("paired")));
    }
  }
}
