package org.pdnn.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.pdnn.evaluation.Environment;

/// A finished cell, as it is kept.
///
/// @param source the file that it is kept in
/// @param recipe what was computed
/// @param result what came out
/// @param provenance version, JDK, processor, time, and the seconds that it took
public record Entry(String source, ObjectNode recipe, ObjectNode result, ObjectNode provenance) {

  Address address() {
    return Address.of(recipe);
  }

  private String place() {
    return "%s, cell %s".formatted(source, address().name());
  }

  /// What was computed.
  Fields fields() {
    return new Fields(place(), "recipe", recipe);
  }

  /// What came out, as its kind has it.
  ///
  /// @throws java.io.UncheckedIOException naming file, cell and key of what is missing or wrong
  public <R> R result(Kind<R> kind) {
    try {
      return kind.read(result);
    } catch (IllegalArgumentException e) {
      throw Fields.wrong(place(), String.valueOf(e.getMessage()));
    }
  }

  /// Where it was computed.
  public Environment environment() {
    Fields noted = new Fields(place(), "provenance", provenance);
    return new Environment(
        noted.text("version"), noted.text("jdk"), noted.text("cpu"), noted.integer("processors"));
  }

  /// How long it took.
  public double seconds() {
    return new Fields(place(), "provenance", provenance).real("seconds");
  }

  /// When it was finished.
  public Instant time() {
    String time = new Fields(place(), "provenance", provenance).text("time");
    try {
      return Instant.parse(time);
    } catch (DateTimeParseException e) {
      throw Fields.wrong(place(), "key 'provenance.time' is no time");
    }
  }

  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("recipe", recipe);
    json.set("result", result);
    json.set("provenance", provenance);
    return json;
  }

  /// @throws IllegalArgumentException naming the part that is missing
  static Entry fromJson(String source, JsonNode json) {
    return new Entry(source, part(json, "recipe"), part(json, "result"), part(json, "provenance"));
  }

  private static ObjectNode part(JsonNode json, String key) {
    if (json.get(key) instanceof ObjectNode object && !object.isEmpty()) {
      return object;
    }
    throw new IllegalArgumentException("'" + key + "' is missing, empty or no object");
  }
}
