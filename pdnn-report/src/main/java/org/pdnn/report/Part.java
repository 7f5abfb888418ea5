package org.pdnn.report;

/// Begins a part of a report: the sections after it belong to it, until the next part.
public record Part(String title) implements Section {
  public Part {
    Texts.requirePresent("title", title);
  }
}
