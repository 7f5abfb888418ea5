package org.pdnn.reproduction;

/// What came of computing a printed number again.
public enum Verdict {
  REPRODUCED("reproduced", "reproduced"),
  EXPLAINED("explained", "differs, explained"),
  NOT_REPRODUCED("notReproduced", "cannot be reproduced"),
  /// Only hardware can tell; nothing stands in its place.
  NOT_COMPUTED("notComputed", "not computed here");

  private final String key;
  private final String words;

  Verdict(String key, String words) {
    this.key = key;
    this.words = words;
  }

  /// In JSON.
  public String key() {
    return key;
  }

  /// For readers.
  @Override
  public String toString() {
    return words;
  }
}
