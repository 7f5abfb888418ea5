package org.pdnn.energy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.pdnn.files.JsonFile;
import org.pdnn.names.Nearest;

/// The JSON form of a technology:
///
/// ```json
/// {"name": "...", "description": "...", "constants": {
///   "weightBit": {"value": 0.0384, "unit": "pJ/bit", "source": "...", "page": "figure 6"},
///   ...}}
/// ```
///
/// with a constant for each required [Operation#key], and `"estimate": true` if they are guesses.
final class TechnologyFile {
  private TechnologyFile() {}

  /// @param file what to call these bytes in a complaint
  static Technology parse(byte[] bytes, String file) throws IOException {
    return JsonFile.parse(bytes, file, TechnologyFile::technology);
  }

  static Technology technology(JsonNode root) {
    Map<Operation, Constant> constants = constants(member(root, "", "constants"));
    return new Technology(
        text(root, "", "name"), text(root, "", "description"), estimate(root), constants);
  }

  private static boolean estimate(JsonNode root) {
    JsonNode value = root.path("estimate");
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new IllegalArgumentException("'estimate' must be true or false, got " + kind(value));
    }
    return value.booleanValue();
  }

  private static Map<Operation, Constant> constants(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("'constants' must be an object, got " + kind(node));
    }
    List<String> known = Operation.keys();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new IllegalArgumentException(
            "there is no constant '%s'%s; the constants are %s"
                .formatted(
                    entry.getKey(),
                    Nearest.suggestion(entry.getKey(), known),
                    String.join(", ", known)));
      }
    }
    Map<Operation, Constant> constants = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      if (node.has(operation.key())) {
        constants.put(operation, constant(operation, node.get(operation.key())));
      }
    }
    return constants;
  }

  private static Constant constant(Operation operation, JsonNode node) {
    String where = "constant '%s' (%s): ".formatted(operation.key(), operation.symbol());
    String unit = text(node, where, "unit");
    if (!unit.equals(operation.unit())) {
      throw new IllegalArgumentException(
          "%sunit must be '%s', got '%s'".formatted(where, operation.unit(), unit));
    }
    JsonNode value = member(node, where, "value");
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw new IllegalArgumentException(
          "%s'value' must be a finite number, got %s".formatted(where, kind(value)));
    }
    Joules energy = Joules.ofPicojoules(value.doubleValue());
    return new Constant(operation, energy, text(node, where, "source"), text(node, where, "page"));
  }

  /// @param where what the node describes, to begin a complaint with
  private static String text(JsonNode node, String where, String name) {
    JsonNode value = member(node, where, name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(
          "%s'%s' must be a text, got %s".formatted(where, name, kind(value)));
    }
    return value.textValue();
  }

  /// Not the value itself, which may be the rest of the file.
  private static String kind(JsonNode value) {
    if (value.isNumber()) {
      return "number " + value.doubleValue();
    }
    String article = value.isContainerNode() ? "an " : "a ";
    return article + value.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static JsonNode member(JsonNode node, String where, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException("%s'%s' is missing".formatted(where, name));
    }
    return value;
  }
}
