package org.pdnn.report;

/// A numbered part of a report: it can be cited, linked to and, but for pictures, saved.
public sealed interface Item extends Section permits Figure, Choice, Table, Pictures {
  /// Lower-case words joined by hyphens, unique within the report: its files are named so.
  String id();

  /// What it shows, in a few words.
  String title();

  /// What a reader needs to understand it without the text around it; may be empty.
  String caption();
}
