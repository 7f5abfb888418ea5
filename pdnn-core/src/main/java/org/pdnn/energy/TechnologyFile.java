package org.pdnn.energy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.pdnn.names.Nearest;

/// The JSON form of a technology:
///
/// ```json
/// {"name": "...", "description": "...", "constants": {
///   "weightBit": {"value": 0.0384, "unit": "pJ/bit", "source": "...", "page": "figure 6"},
///   ...}}
/// ```
///
/// with a constant for each [Operation#key].
final class TechnologyFile {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TechnologyFile() {}

  /// @param file what to call these bytes in a complaint
  static Technology parse(byte[] bytes, String file) throws IOException {
    try {
      JsonNode root = JSON.readTree(bytes);
      Map<Operation, Constant> constants = constants(member(root, "constants"));
      return new Technology(text(root, "name"), text(root, "description"), constants);
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String line = at == null ? "" : ", line " + at.getLineNr();
      throw new IOException("%s%s: %s".formatted(file, line, e.getOriginalMessage()), e);
    } catch (IllegalArgumentException | IOException e) {
      throw new IOException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Map<Operation, Constant> constants(JsonNode node) {
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
    try {
      String unit = text(node, "unit");
      if (!unit.equals(operation.unit())) {
        throw new IllegalArgumentException(
            "unit must be '%s', got '%s'".formatted(operation.unit(), unit));
      }
      JsonNode value = member(node, "value");
      if (!value.isNumber()) {
        throw new IllegalArgumentException("value must be a number, got " + value);
      }
      Joules energy = Joules.ofPicojoules(value.doubleValue());
      return new Constant(operation, energy, text(node, "source"), text(node, "page"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "constant '%s' (%s): %s".formatted(operation.key(), operation.symbol(), e.getMessage()),
          e);
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = member(node, name);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw new IllegalArgumentException("'%s' must be a text, got %s".formatted(name, value));
    }
    return value.textValue();
  }

  private static JsonNode member(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'%s' is missing".formatted(name));
    }
    return value;
  }
}
