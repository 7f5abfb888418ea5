package org.pdnn.report;

/// A file that lies beside the report, under a heading.
///
/// @param words what it is, in a sentence
/// @param file its name
public record Link(String heading, String words, String file) implements Section {
  public Link {
    Texts.requirePresent("heading", heading);
    Texts.requirePresent("words", words);
    if (!file.matches("[a-z0-9-]+\\.[a-z]+")) {
      throw new IllegalArgumentException(
          "a linked file lies beside the report, and its name is lower-case, got '%s'"
              .formatted(file));
    }
  }
}
