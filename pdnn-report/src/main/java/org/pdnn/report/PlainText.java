package org.pdnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pdnn.names.Printable;

/// A document for a terminal: sentences, and tables in columns.
final class PlainText {
  /// Longer names are hostile, and would move all columns out of sight.
  private static final int LONGEST_CELL = 200;

  private static final int LONGEST_LINE = 1000;

  private final StringBuilder out = new StringBuilder();

  private PlainText() {}

  static String of(Document document) {
    PlainText text = new PlainText();
    text.add(document);
    return text.out
        .toString()
        .stripTrailing()
        .lines()
        .map(line -> Printable.of(line, LONGEST_LINE))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private void add(Document document) {
    for (Section section : document.sections(Form.TEXT)) {
      switch (section) {
        case Sentence(String text) -> out.append(text).append('\n');
        case Part(String title) -> out.append(title).append('\n');
        case Prose(String heading, List<String> paragraphs) -> {
          out.append(heading).append(":\n");
          paragraphs.forEach(paragraph -> out.append("  ").append(paragraph).append('\n'));
        }
        case Commands(String heading, List<String> lines) ->
            lines.forEach(line -> out.append(heading).append(": ").append(line).append('\n'));
        case Table table -> add(table);
        case Group(_, List<Document> documents) -> documents.forEach(this::add);
        case Fact _, Figure _, Pictures _ -> {}
        case Only _ -> throw new AssertionError("sections of a form are not wrapped");
      }
    }
  }

  /// A table and its caption, with an empty line after each.
  private void add(Table table) {
    int[] shown = table.shown();
    int fold = table.fold();
    if (fold == 0) {
      columns(table, shown);
    } else {
      columns(table, Arrays.stream(shown).filter(i -> i < fold).toArray());
      out.append('\n');
      columns(
          table,
          IntStream.concat(
                  Arrays.stream(shown).limit(table.repeated()),
                  Arrays.stream(shown).filter(i -> i >= fold))
              .toArray());
    }
    out.append('\n');
    if (!table.caption().isEmpty()) {
      out.append(table.caption()).append("\n\n");
    }
  }

  private void columns(Table table, int[] places) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(Arrays.stream(places).mapToObj(i -> table.columns().get(i).line()).toList());
    for (List<Cell> row : table.rows()) {
      lines.add(
          Arrays.stream(places)
              .mapToObj(i -> Printable.of(table.shown(row, i), LONGEST_CELL))
              .toList());
    }
    int[] widths =
        IntStream.range(0, places.length)
            .map(i -> lines.stream().mapToInt(line -> line.get(i).length()).max().orElse(0))
            .toArray();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < places.length; i++) {
        String pad = " ".repeat(widths[i] - line.get(i).length());
        boolean right = i > 0 && table.holdsNumbers(places[i]);
        row.append(i == 0 ? "" : "  ").append(right ? pad + line.get(i) : line.get(i) + pad);
      }
      out.append(row.toString().stripTrailing()).append('\n');
    }
  }
}
