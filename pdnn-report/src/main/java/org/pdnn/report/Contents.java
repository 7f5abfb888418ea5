package org.pdnn.report;

import java.util.ArrayList;
import java.util.List;

/// The sections of a report in reading order, with their numbers and anchors.
record Contents(List<Entry> entries) {
  /// A section.
  ///
  /// @param anchor its id within the page
  /// @param ordinal `Figure 3`; empty where nothing is numbered
  record Entry(Section section, String anchor, String ordinal, String title) {}

  static Contents of(Report report) {
    List<Entry> entries = new ArrayList<>();
    int figures = 0;
    int tables = 0;
    int strips = 0;
    for (Section section : report.sections()) {
      // Slugs hold no dot, so that no exhibit has an anchor of these.
      String unnamed = "section." + (entries.size() + 1);
      entries.add(
          switch (section) {
            case Part part -> new Entry(part, unnamed, "", part.title());
            case Prose prose -> new Entry(prose, unnamed, "", prose.heading());
            case Commands commands -> new Entry(commands, unnamed, "", commands.heading());
            case Figure figure -> numbered(figure, "Figure", ++figures);
            case Table table -> numbered(table, "Table", ++tables);
            case Pictures pictures -> numbered(pictures, "Pictures", ++strips);
          });
    }
    return new Contents(List.copyOf(entries));
  }

  private static Entry numbered(Exhibit exhibit, String kind, int number) {
    return new Entry(exhibit, exhibit.id(), kind + " " + number, exhibit.title());
  }

  /// Whether a reader would look for something: a page of one exhibit needs no list of them.
  boolean worthListing() {
    return entries.stream().filter(entry -> entry.section() instanceof Exhibit).count() > 1;
  }

  boolean hasParts() {
    return entries.stream().anyMatch(entry -> entry.section() instanceof Part);
  }
}
