package org.pdnn.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.pdnn.files.Sha256;

/// Where a cell lies: its kind and the hash of its recipe, whatever the order of the keys.
///
/// @param name of the cell's folder
public record Address(String name) {
  private static final JsonMapper SORTED =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();
  private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,40}");
  private static final int DIGITS = 16;

  /// The address of a cell.
  public static Address of(Cell<?> cell) {
    return of(cell.recipe());
  }

  static Address of(JsonNode recipe) {
    String kind = recipe.path("kind").asText();
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException(
          "a recipe's kind must be a lower-case word, got '" + kind + "'");
    }
    return new Address(kind + "-" + hash(recipe).substring(0, DIGITS));
  }

  private static String hash(JsonNode recipe) {
    try {
      byte[] text = SORTED.writeValueAsString(recipe).getBytes(UTF_8);
      return HexFormat.of().formatHex(Sha256.digest().digest(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a recipe must be JSON", e);
    }
  }
}
