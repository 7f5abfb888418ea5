package org.pdnn.report;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A document as Markdown, for places that show no HTML page of ours: what figures draw stands as
/// tables, pictures are files beside it.
final class MarkdownReport {
  private final StringBuilder out = new StringBuilder();

  private MarkdownReport() {}

  static String of(Document document) {
    MarkdownReport page = new MarkdownReport();
    page.add(document);
    return page.out.toString();
  }

  /// Where a picture lies, seen from the page.
  static String file(Pictures pictures, int index) {
    boolean jpeg = pictures.pictures().get(index).mediaType().equals("image/jpeg");
    return "pictures/%s-%s.%s".formatted(pictures.id(), index + 1, jpeg ? "jpg" : "png");
  }

  private void add(Document document) {
    out.append("# ").append(escaped(document.title())).append("\n\n");
    paragraph(document.headline());
    document.lead().forEach(this::paragraph);
    for (Contents.Entry entry : Contents.of(document).entries()) {
      heading(entry);
      switch (entry.section()) {
        case Prose prose -> prose.paragraphs().forEach(this::paragraph);
        case Commands commands ->
            commands.lines().forEach(line -> out.append("    ").append(line).append("\n\n"));
        case Link link -> out.append("[%s](%s)\n\n".formatted(escaped(link.words()), link.file()));
        case Figure figure -> {
          paragraph(figure.caption());
          rows(FigureValues.shown(figure));
        }
        case Choice choice -> add(choice);
        case Table table -> {
          paragraph(table.caption());
          rows(table);
        }
        case Pictures pictures -> {
          paragraph(pictures.caption());
          add(pictures);
        }
        default -> {}
      }
    }
    add(document.provenance());
  }

  /// The values of all but the first fold, where the reader's program can fold.
  private void add(Choice choice) {
    paragraph(choice.caption());
    for (Choice.Option option : choice.options()) {
      boolean first = option.equals(choice.options().getFirst());
      heading("###", choice.heading(option));
      paragraph(option.figure().caption());
      out.append(first ? "" : "<details><summary>Values</summary>\n\n");
      rows(FigureValues.shown(option.figure()));
      out.append(first ? "" : "</details>\n\n");
    }
  }

  private void heading(Contents.Entry entry) {
    String ordinal = entry.ordinal().isEmpty() ? "" : entry.ordinal() + ". ";
    heading("##", ordinal + entry.title());
  }

  private void heading(String mark, String words) {
    out.append(mark).append(' ').append(escaped(words)).append("\n\n");
  }

  private void paragraph(String words) {
    if (!words.isEmpty()) {
      out.append(escaped(words)).append("\n\n");
    }
  }

  private void rows(Table table) {
    line(Arrays.stream(table.shown()).mapToObj(table.columns()::get).map(Column::title).toList());
    line(Collections.nCopies(table.shown().length, "---"));
    for (List<Cell> row : table.rows()) {
      line(Arrays.stream(table.shown()).mapToObj(i -> table.shown(row, i)).toList());
    }
    out.append('\n');
  }

  private void line(List<String> cells) {
    out.append(
        cells.stream()
            .map(cell -> escaped(cell).replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  private void add(Pictures pictures) {
    for (int i = 0; i < pictures.pictures().size(); i++) {
      String caption = pictures.pictures().get(i).caption();
      paragraph(caption);
      String file = file(pictures, i);
      out.append("![").append(escaped(caption)).append("](").append(file).append(")\n\n");
    }
  }

  private void add(Map<String, Object> provenance) {
    heading("##", "Provenance");
    provenance.forEach((key, value) ->
        out.append("- ")
            .append(escaped(key))
            .append(": ")
            .append(escaped(Json.shown(value)))
            .append('\n'));
  }

  /// Words as they are: nothing in them is markup, and they end no line. Brackets are a link only
  /// where a parenthesis or a colon follows.
  private static String escaped(String words) {
    return words
        .replaceAll("[\\\\`*_<>#]", "\\\\$0")
        .replaceAll("](?=[(:])", "\\\\]")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
