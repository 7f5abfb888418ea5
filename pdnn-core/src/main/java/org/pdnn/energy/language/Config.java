package org.pdnn.energy.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.pdnn.energy.NeuronType;
import org.pdnn.names.Printable;

/// The fields of a `config.json`, under the names that most families use. What the file leaves out
/// has the value that the family's own code gives it.
final class Config {
  /// Larger sizes are taken for mistakes; they also keep all counts far below 2^63.
  static final int MOST_BLOCKS = 10_000;

  static final int MOST_HEADS = 1 << 12;
  static final int MOST_VALUES = 1 << 20;
  static final int MOST_TOKENS = 1 << 26;

  private final JsonNode file;
  private final JsonNode family;
  private final List<String> assumed = new ArrayList<>();
  private final Map<String, Set<Integer>> lists = new HashMap<>();

  /// @param file the object that describes the language model
  /// @param family other names of the fields, and their defaults
  Config(JsonNode file, JsonNode family) {
    this.file = file;
    this.family = family;
  }

  /// Sizes that the file leaves out, with the family's value.
  List<String> assumed() {
    return List.copyOf(assumed);
  }

  /// The field, or the family's value; nothing if neither has it.
  private JsonNode get(String name) {
    JsonNode own = file.path(key(name));
    if (!own.isMissingNode()) {
      return own;
    }
    JsonNode usual = family.path("defaults").path(name);
    String told = "%s %s".formatted(key(name), usual.asText());
    if (usual.isIntegralNumber() && !assumed.contains(told)) {
      assumed.add(told);
    }
    return usual;
  }

  /// What the file calls a field.
  private String key(String name) {
    String other = family.path("names").path(name).asText(name);
    return file.has(other) || !file.has(name) ? other : name;
  }

  /// Whether the file itself says something of it.
  boolean present(String name) {
    return file.hasNonNull(key(name));
  }

  /// A size.
  int number(String name, int most) {
    return number(name, get(name), 1, most);
  }

  /// A size that `null` leaves open.
  OptionalInt optional(String name, int most) {
    JsonNode value = get(name);
    return value.isNull() || value.isMissingNode()
        ? OptionalInt.empty()
        : OptionalInt.of(number(name, value, 1, most));
  }

  /// A number of things of which there may be none.
  int count(String name, int most) {
    JsonNode value = get(name);
    return value.isNull() ? 0 : number(name, value, 0, most);
  }

  private int number(String name, JsonNode value, int least, int most) {
    if (value.isMissingNode()) {
      throw new IllegalArgumentException("'%s' is missing".formatted(key(name)));
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < least
        || value.intValue() > most) {
      throw new IllegalArgumentException(
          "'%s' must be a whole number from %s to %s, got %s"
              .formatted(key(name), least, most, kind(value)));
    }
    return value.intValue();
  }

  /// A part of a whole.
  OptionalDouble share(String name) {
    JsonNode value = get(name);
    if (value.isMissingNode() || value.isNull()) {
      return OptionalDouble.empty();
    }
    if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= 1)) {
      throw new IllegalArgumentException(
          "'%s' must be a number from 0 to 1, got %s".formatted(key(name), kind(value)));
    }
    return OptionalDouble.of(value.doubleValue());
  }

  /// @param otherwise where neither the file nor the family's code says anything
  boolean flag(String name, boolean otherwise) {
    JsonNode value = get(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw new IllegalArgumentException(
          "'%s' must be true or false, got %s".formatted(key(name), kind(value)));
    }
    return value.booleanValue();
  }

  String text(String name) {
    return get(name).asText();
  }

  /// The function of the hidden neurons.
  NeuronType function() {
    JsonNode value = get("hidden_act");
    JsonNode named = value.isNull() ? family.path("defaults").path("hidden_act") : value;
    return switch (named.asText()) {
      case "silu", "swish" -> NeuronType.SILU;
      case "gelu", "gelu_new", "gelu_fast", "gelu_pytorch_tanh", "quick_gelu" -> NeuronType.GELU;
      case "relu" -> NeuronType.RELU;
      case "relu2" -> NeuronType.RELU_SQUARED;
      default ->
          throw new IllegalArgumentException(
              "'%s' must be silu, gelu, relu or relu2, got %s"
                  .formatted(key("hidden_act"), kind(value)));
    };
  }

  /// What a list says of each block; missing where there is no list.
  JsonNode listed(String name, int block) {
    JsonNode list = get(name);
    if (list.isMissingNode() || list.isNull()) {
      return list;
    }
    if (!list.isArray() || list.size() <= block) {
      throw new IllegalArgumentException(
          "'%s' must be a list with a value for each block, got %s"
              .formatted(key(name), kind(list)));
    }
    return list.get(block);
  }

  /// Whether a list of blocks holds one of them.
  boolean holds(String name, int block) {
    return lists.computeIfAbsent(name, this::numbers).contains(block);
  }

  private Set<Integer> numbers(String name) {
    Set<Integer> numbers = new HashSet<>();
    get(name).forEach(entry -> numbers.add(entry.asInt(-1)));
    return numbers;
  }

  /// Not the value itself, which may be the rest of the file.
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case NUMBER, STRING, BOOLEAN -> Printable.of(value.asText(), 40);
      case MISSING -> "nothing";
      case NULL -> "null";
      case ARRAY -> "a list of " + value.size();
      case BINARY, OBJECT, POJO -> "an " + value.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }
}
