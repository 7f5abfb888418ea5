package org.pdnn.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A finished cell, as it is kept.
///
/// @param recipe what was computed
/// @param result what came out
/// @param provenance version, JDK, processor, time, and the seconds that it took
public record Entry(ObjectNode recipe, ObjectNode result, ObjectNode provenance) {

  Address address() {
    return Address.of(recipe);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("recipe", recipe);
    json.set("result", result);
    json.set("provenance", provenance);
    return json;
  }

  /// @throws IllegalArgumentException naming the part that is missing
  static Entry fromJson(JsonNode json) {
    return new Entry(part(json, "recipe"), part(json, "result"), part(json, "provenance"));
  }

  private static ObjectNode part(JsonNode json, String key) {
    if (json.get(key) instanceof ObjectNode object && !object.isEmpty()) {
      return object;
    }
    throw new IllegalArgumentException("'" + key + "' is missing, empty or no object");
  }
}
