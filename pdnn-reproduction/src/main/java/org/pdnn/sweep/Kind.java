package org.pdnn.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kind of cell: its name in recipes, and the type of its results. A result is kept as the JSON
/// of that type: records by the names of their components.
///
/// @param name a lower-case word
/// @param result a record
public record Kind<R>(String name, Class<R> result) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final Pattern MISSING =
      Pattern.compile("Missing required creator property '([^']*)'.*", Pattern.DOTALL);

  ObjectNode write(R found) {
    return JSON.valueToTree(found);
  }

  /// @throws IllegalArgumentException naming the key that is missing or wrong
  R read(JsonNode json) {
    try {
      return JSON.treeToValue(json, result);
    } catch (JsonMappingException e) {
      throw new IllegalArgumentException(words(e), e);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the result is no JSON", e);
    }
  }

  private static String words(JsonMappingException e) {
    StringBuilder key = new StringBuilder("result");
    for (JsonMappingException.Reference step : e.getPath()) {
      key.append(
          step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName());
    }
    Matcher missing = MISSING.matcher(e.getOriginalMessage());
    if (missing.matches()) {
      String name = "." + missing.group(1);
      return "key '%s' is missing"
          .formatted(key.toString().endsWith(name) ? key : key.append(name));
    }
    Throwable cause = e.getCause();
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? "in '%s' %s".formatted(key, cause.getMessage())
        : "key '%s' is wrong".formatted(key);
  }
}
