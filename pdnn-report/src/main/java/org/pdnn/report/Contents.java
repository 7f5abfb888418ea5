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

  static Contents of(Document document) {
    List<Entry> entries = new ArrayList<>();
    int figures = 0;
    int tables = 0;
    int strips = 0;
    for (Section section : document.sections(Form.PAGE)) {
      // Slugs hold no dot, so that no item has an anchor of these.
      String unnamed = "section." + (entries.size() + 1);
      switch (section) {
        case Part part -> entries.add(new Entry(part, unnamed, "", part.title()));
        case Prose prose -> entries.add(new Entry(prose, unnamed, "", prose.heading()));
        case Commands commands -> entries.add(new Entry(commands, unnamed, "", commands.heading()));
        case Link link -> entries.add(new Entry(link, unnamed, "", link.heading()));
        case Figure figure -> entries.add(numbered(figure, "Figure", ++figures));
        case Choice choice -> entries.add(numbered(choice, "Figure", ++figures));
        case Table table -> entries.add(numbered(table, "Table", ++tables));
        case Pictures pictures -> entries.add(numbered(pictures, "Pictures", ++strips));
        case Sentence _, Fact _, Group _ -> {}
        case Only _ -> throw new AssertionError("sections of a form are not wrapped");
      }
    }
    return new Contents(List.copyOf(entries));
  }

  private static Entry numbered(Item item, String kind, int number) {
    return new Entry(item, item.id(), kind + " " + number, item.title());
  }

  /// Whether a reader would look for something: a page of one item needs no list of them.
  boolean worthListing() {
    return entries.stream().filter(entry -> entry.section() instanceof Item).count() > 1;
  }

  boolean hasParts() {
    return entries.stream().anyMatch(entry -> entry.section() instanceof Part);
  }
}
