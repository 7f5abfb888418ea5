package org.pdnn.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// The curve of one model on one set of data, and where it comes from.
///
/// @param model name of the model
/// @param data name of the data
/// @param grades by point of the curve, then those of the deterministic twin; empty if they were
///   not kept
public record Result(
    String model, String data, Curve curve, List<Grades> grades, Provenance provenance) {
  public Result {
    grades = List.copyOf(grades);
    if (!grades.isEmpty() && grades.size() != curve.points().size() + 1) {
      throw new IllegalArgumentException(
          "each of the %s points and the twin need grades, got %s"
              .formatted(curve.points().size(), grades.size()));
    }
  }

  /// The curve of what was measured, with its grades.
  public static Result of(String model, String data, Measured measured, Provenance provenance) {
    return new Result(model, data, measured.curve(), measured.grades(), provenance);
  }

  /// Those of a point of the curve; its number of points is that of the twin.
  Optional<Grades> grades(int point) {
    return grades.isEmpty() ? Optional.empty() : Optional.of(grades.get(point));
  }

  /// `{"model":..., "data":..., "curve":[...], "deterministic":{...}, "provenance":{...}}`; the
  /// deterministic twin's point is absent if the model is deterministic itself.
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", model).put("data", data);
    ArrayNode points = json.putArray("curve");
    curve.points().forEach(point -> points.add(point.toJson()));
    if (!curve.single()) {
      json.set("deterministic", curve.deterministic().toJson());
    }
    json.set("provenance", provenance.toJson());
    return json;
  }
}
