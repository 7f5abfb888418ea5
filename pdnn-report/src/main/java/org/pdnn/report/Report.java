package org.pdnn.report;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// What a study found: the verdict first, then the figures, tables and words that carry it.
///
/// @param verdict one sentence, shown large at the top
/// @param sections in reading order
/// @param provenance what one needs to repeat the study (seed, data, machine), in reading order
public record Report(
    String title, String verdict, List<Section> sections, SequencedMap<String, String> provenance) {
  public Report {
    Texts.requirePresent("title", title);
    Texts.requirePresent("verdict", verdict);
    sections = List.copyOf(sections);
    provenance = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(provenance));
    Set<String> seen = new HashSet<>();
    for (Section section : sections) {
      if (section instanceof Exhibit exhibit && !seen.add(exhibit.id())) {
        throw new IllegalArgumentException(
            "ids must differ within a report, got '%s' twice".formatted(exhibit.id()));
      }
    }
  }
}
