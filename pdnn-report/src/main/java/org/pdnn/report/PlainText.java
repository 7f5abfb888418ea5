package org.pdnn.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pdnn.names.Printable;

/// A document for a terminal: sentences, and tables in columns, both as wide as a screen. What is
/// to be typed stays in one line, and numbers stay in theirs.
final class PlainText {
  private static final int WIDTH = 100;

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
        case Sentence(String text) -> words(text);
        case Part(String title) -> words(title);
        case Prose(String heading, List<String> paragraphs) -> {
          words(heading + ":");
          paragraphs.forEach(paragraph -> words("  " + paragraph));
        }
        case Commands(String heading, List<String> lines) ->
            lines.forEach(line -> out.append(heading).append(": ").append(line).append('\n'));
        case Link(String heading, _, String file) ->
            out.append(heading).append(": ").append(file).append('\n');
        case Table table -> add(table);
        case Group(_, List<Document> documents) -> documents.forEach(this::add);
        case Fact _, Figure _, Choice _, Pictures _ -> {}
        case Only _ -> throw new AssertionError("sections of a form are not wrapped");
      }
    }
  }

  /// Lines of words. What continues an indented line is indented further.
  private void words(String text) {
    if (text.isEmpty()) {
      out.append('\n');
    }
    text.lines()
        .map(line -> Printable.of(line, LONGEST_LINE))
        .forEach(line -> {
          String words = line.stripLeading();
          String indent = line.substring(0, line.length() - words.length());
          String further = indent.isEmpty() ? "" : indent + "  ";
          out.append(indent)
              .append(String.join("\n" + further, Wrapping.lines(words, WIDTH - further.length())))
              .append('\n');
        });
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
      words(table.caption());
      out.append('\n');
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
    int[] widths = ColumnWidths.of(lines, i -> table.holdsNumbers(places[i]), WIDTH);
    for (List<String> line : lines) {
      List<List<String>> cells =
          IntStream.range(0, places.length)
              .mapToObj(i -> Wrapping.lines(line.get(i), widths[i]))
              .toList();
      int height = cells.stream().mapToInt(List::size).max().orElse(0);
      for (int part = 0; part < height; part++) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < places.length; i++) {
          String cell = part < cells.get(i).size() ? cells.get(i).get(part) : "";
          String pad = " ".repeat(widths[i] - cell.length());
          boolean right = i > 0 && table.holdsNumbers(places[i]);
          row.append(i == 0 ? "" : "  ").append(right ? pad + cell : cell + pad);
        }
        out.append(row.toString().stripTrailing()).append('\n');
      }
    }
  }
}
