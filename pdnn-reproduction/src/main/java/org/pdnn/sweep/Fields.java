package org.pdnn.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// A kept recipe, read strictly: a key that is missing or of another type is an error that names
/// file, cell and key, as an [UncheckedIOException].
public final class Fields {
  private final String cell;
  private final String path;
  private final ObjectNode json;

  Fields(String cell, String path, ObjectNode json) {
    this.cell = cell;
    this.path = path;
    this.json = json;
  }

  /// Whether there is such a key.
  public boolean has(String key) {
    return json.has(key);
  }

  public String text(String key) {
    return value(key, "a text", JsonNode::isTextual).textValue();
  }

  public int integer(String key) {
    return value(key, "an integer", JsonNode::isInt).intValue();
  }

  public long longInteger(String key) {
    return value(key, "an integer", JsonNode::isIntegralNumber).longValue();
  }

  public double real(String key) {
    return value(key, "a number", JsonNode::isNumber).doubleValue();
  }

  public boolean truth(String key) {
    return value(key, "true or false", JsonNode::isBoolean).booleanValue();
  }

  /// A text, a number or a truth as it is written.
  public String word(String key) {
    return value(key, "a word", JsonNode::isValueNode).asText();
  }

  public List<Integer> integers(String key) {
    List<Integer> all = new ArrayList<>();
    value(key, "a list", JsonNode::isArray).forEach(one -> all.add(one.intValue()));
    return all;
  }

  public Fields object(String key) {
    return new Fields(
        cell, path + "." + key, (ObjectNode) value(key, "an object", JsonNode::isObject));
  }

  public List<Fields> objects(String key) {
    JsonNode list =
        value(
            key,
            "a list of objects",
            node -> node.isArray() && node.valueStream().allMatch(JsonNode::isObject));
    List<Fields> all = new ArrayList<>();
    for (JsonNode one : list) {
      all.add(new Fields(cell, "%s.%s[%s]".formatted(path, key, all.size()), (ObjectNode) one));
    }
    return all;
  }

  /// The texts under a key, in whatever depth.
  public List<String> allTexts(String key) {
    return json.findValues(key).stream()
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .toList();
  }

  ObjectNode json() {
    return json;
  }

  private JsonNode value(String key, String type, Predicate<JsonNode> fits) {
    JsonNode value = json.path(key);
    if (!fits.test(value)) {
      throw wrong(
          cell,
          "key '%s.%s' is %s"
              .formatted(path, key, value.isMissingNode() ? "missing" : "not " + type));
    }
    return value;
  }

  static UncheckedIOException wrong(String cell, String fault) {
    return new UncheckedIOException(
        new IOException(
            "%s: %s; make the file again with 'pdnn reproduce'".formatted(cell, fault)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fields fields && fields.json.equals(json);
  }

  @Override
  public int hashCode() {
    return json.hashCode();
  }
}
