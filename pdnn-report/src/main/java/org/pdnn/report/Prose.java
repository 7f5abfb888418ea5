package org.pdnn.report;

import java.util.List;

/// Words under a heading.
public record Prose(String heading, List<String> paragraphs) implements Section {
  public Prose {
    Texts.requirePresent("heading", heading);
    paragraphs = List.copyOf(paragraphs);
  }
}
