package org.pdnn.report;

import java.util.List;

/// Lines to type, under a heading.
public record Commands(String heading, List<String> lines) implements Section {
  public Commands {
    Texts.requirePresent("heading", heading);
    lines = List.copyOf(lines);
  }
}
