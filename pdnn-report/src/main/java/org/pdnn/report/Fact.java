package org.pdnn.report;

/// A value for scripts: JSON holds it under its key, and so does CSV where there are no tables.
///
/// @param key camel case, with the unit in it, as in `totalNanojoules`
/// @param value words, a number, a truth, an estimate, or lists, maps and JSON of them
public record Fact(String key, Object value) implements Section {
  public Fact {
    Texts.requirePresent("key", key);
  }
}
