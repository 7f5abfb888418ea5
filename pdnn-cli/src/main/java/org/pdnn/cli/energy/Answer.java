package org.pdnn.cli.energy;

import java.util.List;
import org.pdnn.report.Section;

/// What was asked of an energy.
///
/// @param sentences the answer
/// @param sections facts, figures and the table behind it
record Answer(List<String> sentences, List<Section> sections) {
  Answer {
    sentences = List.copyOf(sentences);
    sections = List.copyOf(sections);
  }
}
