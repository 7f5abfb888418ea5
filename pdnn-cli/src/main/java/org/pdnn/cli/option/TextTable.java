package org.pdnn.cli.option;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pdnn.names.Printable;
import org.pdnn.report.Cell;

/// Rows of words and numbers under headings, with a sentence before or after: what a command
/// prints. Text rounds numbers, CSV has them in full.
public final class TextTable {
  /// Longer names are hostile, and would move all columns out of sight.
  private static final int LONGEST_CELL = 200;

  private final List<String> headings;
  private final List<List<Cell>> rows = new ArrayList<>();
  private int keys;
  private int fold;
  private String before = "";
  private String after = "";
  private @Nullable TextTable csv;

  public TextTable(String... headings) {
    this.headings = List.of(headings);
  }

  /// Adds a row.
  ///
  /// @param cells numbers as [Cell]; all else as it prints
  public TextTable row(Object... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          "a row of %s has %d cells, got %d".formatted(headings, headings.size(), cells.length));
    }
    rows.add(
        Arrays.stream(cells)
            .map(cell -> cell instanceof Cell own ? own : Cell.text(String.valueOf(cell)))
            .toList());
    return this;
  }

  /// A paragraph above the table, in text only.
  public TextTable before(String text) {
    before = text;
    return this;
  }

  /// A paragraph below the table, in text only.
  public TextTable after(String text) {
    after = text;
    return this;
  }

  /// The columns from `fold` on below the others in text, beside the first `keys` columns again.
  public TextTable folded(int keys, int fold) {
    this.keys = keys;
    this.fold = fold;
    return this;
  }

  /// What CSV holds in place of this table: the same rows in other units or under more keys.
  public TextTable inCsv(TextTable other) {
    csv = other;
    return this;
  }

  public List<String> headings() {
    return headings;
  }

  public List<List<Cell>> rows() {
    return Collections.unmodifiableList(rows);
  }

  /// The paragraph above the table.
  public String before() {
    return before;
  }

  public String toText() {
    int columns = headings.size();
    String table =
        fold == 0
            ? columns(IntStream.range(0, columns))
            : columns(IntStream.range(0, fold))
                + "\n"
                + columns(
                    IntStream.concat(IntStream.range(0, keys), IntStream.range(fold, columns)));
    return paragraph(before) + table + (after.isEmpty() ? "" : "\n" + paragraph(after));
  }

  private String columns(IntStream which) {
    int[] places = which.toArray();
    int[] widths = new int[headings.size()];
    List<List<String>> lines = new ArrayList<>();
    lines.add(headings);
    rows.forEach(row ->
        lines.add(row.stream().map(cell -> Printable.of(shown(cell), LONGEST_CELL)).toList()));
    for (List<String> line : lines) {
      for (int i : places) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i : places) {
        String cell = line.get(i);
        String pad = " ".repeat(widths[i] - cell.length());
        row.append(i == 0 ? cell + pad : "  " + pad + cell);
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private static String paragraph(String text) {
    return text.isEmpty() ? "" : text + "\n";
  }

  public String toCsv() {
    if (csv != null) {
      return csv.toCsv();
    }
    StringBuilder text = new StringBuilder(line(headings));
    rows.forEach(row -> text.append(line(row.stream().map(TextTable::full).toList())));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.matches("[^,\"\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"')
        .collect(Collectors.joining(",", "", "\n"));
  }

  private static String shown(Cell cell) {
    return switch (cell) {
      case Cell.Shown(_, String shown) -> shown;
      case Cell.Text(String words) -> words;
      default -> full(cell);
    };
  }

  private static String full(Cell cell) {
    return switch (cell) {
      case Cell.Text(String words) -> words;
      case Cell.Shown(double value, _) -> plain(value);
      case Cell.Real(double value) -> plain(value);
      case Cell.Whole(long value) -> "" + value;
      default -> throw new AssertionError(cell);
    };
  }

  private static String plain(double value) {
    return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
