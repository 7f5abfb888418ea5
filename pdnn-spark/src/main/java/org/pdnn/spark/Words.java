package org.pdnn.spark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words of a job, each `key=value`; what is left when all known ones are taken is unknown.
final class Words {
  private final Map<String, String> values = new LinkedHashMap<>();

  /// @throws IllegalArgumentException if a word is no `key=value`, or a key comes twice
  Words(List<String> words) {
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'%s' must be key=value".formatted(word));
      }
      String key = word.substring(0, equals);
      if (values.put(key, word.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("'%s' is given twice".formatted(key));
      }
    }
  }

  /// Takes the value of a key, if it is given.
  Optional<String> take(String key) {
    return Optional.ofNullable(values.remove(key));
  }

  /// Takes the value of a key.
  ///
  /// @throws IllegalArgumentException if it is not given
  String need(String key) {
    return take(key)
        .orElseThrow(() -> new IllegalArgumentException("'%s=...' is missing".formatted(key)));
  }

  /// Checks that all were taken.
  ///
  /// @throws IllegalArgumentException naming one that was not
  void requireNone() {
    for (String key : values.keySet()) {
      throw new IllegalArgumentException("there is no word '%s='".formatted(key));
    }
  }

  /// The words that were not taken.
  Map<String, String> rest() {
    return Map.copyOf(values);
  }
}
