package org.pdnn.evaluation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The curve of one model on one set of data, and where it comes from.
///
/// @param model name of the model
/// @param data name of the data
public record Result(String model, String data, Curve curve, Provenance provenance) {

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
