package org.pdnn.report;

/// A form in which a [Document] is written.
public enum Form {
  /// Plain text for a terminal.
  TEXT,
  JSON,
  CSV,
  /// HTML and Markdown.
  PAGE
}
