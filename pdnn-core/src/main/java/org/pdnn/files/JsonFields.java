package org.pdnn.files;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.pdnn.names.Choice;

/// Reads the fields of a JSON object; a field that is missing or of another kind is an
/// IllegalArgumentException with its name.
public final class JsonFields {
  private JsonFields() {}

  public static String text(JsonNode json, String key) {
    JsonNode value = json.path(key);
    require(value.isTextual(), key, "a text", value);
    return value.textValue();
  }

  /// The text, or nothing if there is no such field.
  public static Optional<String> optionalText(JsonNode json, String key) {
    return json.has(key) ? Optional.of(text(json, key)) : Optional.empty();
  }

  public static JsonNode object(JsonNode json, String key) {
    JsonNode value = json.path(key);
    require(value.isObject(), key, "an object", value);
    return value;
  }

  public static int integer(JsonNode json, String key) {
    JsonNode value = json.path(key);
    require(value.isInt(), key, "an integer", value);
    return value.intValue();
  }

  public static long longInteger(JsonNode json, String key) {
    JsonNode value = json.path(key);
    require(value.isIntegralNumber() && value.canConvertToLong(), key, "an integer", value);
    return value.longValue();
  }

  public static double number(JsonNode json, String key) {
    JsonNode value = json.path(key);
    require(value.isNumber(), key, "a number", value);
    return value.doubleValue();
  }

  /// The constant of an enum whose names in files are lower case.
  public static <E extends Enum<E>> E constant(JsonNode json, String key, Class<E> type) {
    String name = text(json, key);
    for (E constant : type.getEnumConstants()) {
      if (Choice.name(constant).equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("'%s' is unknown: %s".formatted(key, name));
  }

  private static void require(boolean holds, String key, String kind, JsonNode value) {
    if (!holds) {
      throw new IllegalArgumentException(
          value.isMissingNode()
              ? "'" + key + "' is missing"
              : "'%s' is not %s: %s".formatted(key, kind, value));
    }
  }
}
